/**
 * The telnet program, with the words and manners of GNU inetutils 2.4: `telnet [HOST [PORT]]`.
 *
 * Two courtesies real telnet does not have: its line can be edited with the cursor keys and the
 * history, and output that comes in the middle of a line does not tear it: the line is taken off
 * the screen, the output printed, and the line put back.
 */
import { toBytes, utf8Encode } from "../bytes.ts";
import type { DialFailure, Socket } from "../net/network.ts";
import { createEditor } from "./editor.ts";
import { createReceiver, INTERRUPT } from "./nvt.ts";
import { lookupFailure, portOf } from "./ports.ts";
import type { Start, Typed } from "./program.ts";
import { findCommand, helpLines } from "./telnet-prompt.ts";

const ESCAPE = "\x1d";
const ESCAPE_IS = "Escape character is '^]'.";

const FAILURES: Readonly<Record<DialFailure, string>> = {
  refused: "Connection refused",
  timeout: "Connection timed out",
  "no-route": "No route to host",
};

/** Starts telnet. */
export const telnet: Start = (words, context) => {
  const { window, screen, net } = context;
  let socket: Socket | undefined;
  let host = "";
  /** The dialled connection stands. */
  let connected = false;
  /** `telnet> ` has the keyboard. */
  let commanding = false;
  /** The connection was asked for on the command line: its end is the end of the program. */
  let once = false;
  let over = false;
  /** Lines typed while the connection was being dialled: the terminal keeps them. */
  let ahead: string[] = [];

  const say = (text: string): void => screen.say(`${text}\r\n`);
  const send = (bytes: Uint8Array): void => void socket?.write(bytes);

  /** What is typed to the server. */
  const session = createEditor(screen, {
    line: sendLine,
    interrupt() {
      if (connected) send(Uint8Array.from(INTERRUPT));
      else {
        // Nothing reads the keyboard while connect() waits, so ^C kills the program.
        screen.echo("\r\n");
        exit(130);
      }
    },
    endOfFile() {
      if (connected) send(Uint8Array.of(4));
    },
    control(key) {
      if (key !== ESCAPE || !connected) return;
      session.leave("^]\r\n");
      // Nobody reads the socket now; what comes waits in the kernel.
      socket?.pause();
      command();
    },
  });
  /** What is typed at `telnet> `. */
  const commands = createEditor(screen, {
    line: runCommand,
    interrupt() {
      if (connected) return;
      screen.echo("\r\n");
      exit(130);
    },
    endOfFile() {
      screen.echo("\r\n");
      quit();
    },
  });

  function sendLine(line: string): void {
    if (!connected || socket === undefined) {
      ahead.push(line);
      return;
    }
    context.record({ kind: "line", window, conn: socket.conn, line });
    // UTF-8 has no byte 255, so there is no IAC to double.
    send(toBytes(`${utf8Encode(line)}\r\n`));
  }

  function exit(status: number): void {
    if (over) return;
    over = true;
    socket?.close();
    context.exit(status);
  }

  function command(): void {
    commanding = true;
    screen.prompt("telnet> ");
  }

  /** Gives the keyboard back to the session. */
  function back(): void {
    commanding = false;
    session.show();
    socket?.resume();
  }

  function closedByHost(): void {
    session.clear();
    say("Connection closed by foreign host.");
    // Here telnet ends even if it was started without a host.
    exit(0);
  }

  /** Who has the keyboard. */
  const reader = () => (over ? undefined : commanding ? commands : session);

  function hangUp(): void {
    over = true;
    socket?.close();
  }

  function quit(): void {
    if (socket !== undefined) say("Connection closed.");
    exit(0);
  }

  /** Back to `telnet> ` after a failure, or out if the command line asked for this connection. */
  function failed(): void {
    socket = undefined;
    if (once) exit(1);
    else command();
  }

  function open(name: string, service: string): void {
    const port = portOf(service, name);
    const address = typeof port === "number" ? net.lookup(name)[0] : "";
    if (typeof port === "string" || address === undefined) {
      say(
        typeof port === "string" ? port : lookupFailure(name, service, "Name or service not known"),
      );
      failed();
      return;
    }
    host = name;
    commanding = false;
    say(`Trying ${address}...`);
    const receive = createReceiver(send);
    const dialled = net.dial(
      { address, port },
      {
        onOpen() {
          session.hide();
          connected = true;
          say(`Connected to ${host}.`);
          say(ESCAPE_IS);
          session.show();
          const lines = ahead;
          ahead = [];
          lines.forEach(sendLine);
        },
        onFailed(why) {
          session.clear();
          ahead = [];
          say(`telnet: Unable to connect to remote host: ${FAILURES[why]}`);
          failed();
        },
        onData(bytes) {
          const shown = receive(bytes);
          session.hide();
          screen.relay(shown, dialled.conn);
          session.show();
        },
        onEnd: closedByHost,
        onReset: closedByHost,
      },
    );
    socket = dialled;
    context.record({ kind: "attach", window, conn: dialled.conn });
  }

  function runCommand(line: string): void {
    const [typed = "", ...rest] = line.trim().split(/\s+/);
    if (typed === "") {
      if (connected) back();
      else command();
      return;
    }
    const found = findCommand(typed);
    if ("refusal" in found) say(found.refusal);
    if ("refusal" in found || act(found.name, rest)) command();
  }

  /** Does a command; true if `telnet> ` keeps the keyboard. */
  function act(name: string, rest: readonly string[]): boolean {
    switch (name) {
      case "?":
      case "help":
        helpLines(rest).forEach(say);
        return true;
      case "quit":
        quit();
        return false;
      case "status":
        showStatus();
        if (connected) back();
        return !connected;
      case "close":
        if (!connected) {
          say("?Need to be connected first.");
          return true;
        }
        say("Connection closed.");
        if (once) exit(0);
        socket?.close();
        socket = undefined;
        connected = false;
        session.clear();
        return !once;
      case "open": {
        const [to, service = "telnet", tooMuch] = rest;
        if (connected) say(`?Already connected to ${host}`);
        else if (to === undefined || tooMuch !== undefined) say("usage: open host-name [port]");
        else {
          open(to, service);
          return false;
        }
        return true;
      }
      default:
        say(`(The real telnet has ${name}. This one does not have it yet.)`);
        return true;
    }
  }

  function showStatus(): void {
    if (connected) {
      say(`Connected to ${host}.`);
      say("Operating in obsolete linemode");
      say("Local character echo");
    } else say("No connection.");
    say(ESCAPE_IS);
  }

  begin();
  return {
    name: "telnet",
    typed(input) {
      let rest: Typed | undefined = input;
      while (rest !== undefined) rest = reader()?.typed(rest);
    },
    hangUp,
  };

  function begin(): void {
    const [, to, service = "telnet", tooMuch] = words;
    const option = words.slice(1).find((word) => word.startsWith("-"));
    if (option === "--help" || option === "-?") {
      say("Usage: telnet [HOST [PORT]]");
      say("Login to remote system HOST (optionally, on service port PORT)");
      exit(0);
    } else if (option !== undefined) {
      say(`(This telnet has no options, not even ${option}: telnet HOST PORT)`);
      exit(64);
    } else if (to === undefined) command();
    else if (tooMuch !== undefined) {
      say("telnet: too many arguments");
      exit(1);
    } else {
      once = true;
      open(to, service);
    }
  }
};
