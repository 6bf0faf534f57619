/**
 * The telnet program, with the words and manners of GNU inetutils 2.4: `telnet [HOST [PORT]]`.
 * What was seen of the real one lies in test/reference/observed/telnet. Beyond it goes only what
 * `conveniences` switches: a line that can be edited with the cursor keys and is not torn by what
 * comes meanwhile, a history, and Tab.
 */
import { concat } from "../bytes.ts";
import type { Socket } from "../net/network.ts";
import type { Start, Typed } from "./program.ts";
import { parseArguments } from "./telnet-arguments.ts";
import { open as openHost, runCommand, type CommandOwner } from "./telnet-commands.ts";
import { VERBS } from "./telnet-complete.ts";
import { dialEach, resolve } from "./telnet-dial.ts";
import { createTelnetLine } from "./telnet-line.ts";
import { hexLines, keyName } from "./telnet-names.ts";
import { completions, wordsOf } from "./telnet-prompt.ts";
import { createSettings } from "./telnet-settings.ts";
import { createTyping } from "./telnet-typing.ts";
import { createWire, type Signal, type Wire } from "./telnet-wire.ts";

const FLUSHED = "(After ^C telnet shows nothing until the server answers with a timing mark.)";

/** Starts telnet. */
export const telnet: Start = (words, context) => {
  const { window, screen, net, computer } = context;
  let socket: Socket | undefined;
  /** There from the moment the dialled connection stands. */
  let wire: Wire | undefined;
  let host = "";
  let mode: "session" | "prompt" | "(to)" = "session";
  /** The connection was asked for on the command line: its end is the end of the program. */
  let once = false;
  let over = false;
  /** Lines typed while the connection was being dialled: the terminal keeps them. */
  let ahead: (readonly [text: string, whole: boolean])[] = [];
  /** What is to be sent. */
  let held: Uint8Array[] = [];
  /** What ^D gave telnet of a command. */
  let half = "";
  let user: string | undefined;
  let binary: "both" | "out" | undefined;
  let flushTold = false;

  const settings = createSettings((which, on) => wire?.setBinary(which, on) ?? true);
  const { keys, on } = settings;
  const say = (line: string): void => screen.say(`${line}\r\n`);

  const send = (bytes: Uint8Array): void => void held.push(bytes);

  /** What one cause sends leaves in one write; at `telnet> ` it waits until the session goes on. */
  function flush(): void {
    if (mode !== "session" || held.length === 0) return;
    const bytes = concat(held);
    held = [];
    socket?.write(bytes);
    if (on.has("netdata")) hexLines(">", bytes).forEach(say);
  }

  const typing = createTyping({
    settings,
    send,
    echo: (text) => screen.echo(text),
    line: (line) => context.record({ kind: "line", window, conn: socket?.conn ?? 0, line }),
  });

  /** Sends a line, or what stood in it when ^D or ^] was pressed. */
  function sendText(text: string, whole: boolean): void {
    if (wire === undefined) ahead.push([text, whole]);
    else {
      typing.text(text, whole, wire);
      flush();
    }
  }

  const lineOwner = {
    ...context,
    keys,
    echo: () => mode !== "session" || (wire?.echo ?? true),
    signal(name: "interrupt" | "quit" | "susp") {
      if (wire !== undefined) {
        wire.signal(name);
        flush();
        // Nobody catches signals without a connection. Stopping would need a shell with jobs.
      } else if (name !== "susp") killed(name);
    },
    escape,
  };

  /** What is typed to the server. */
  const session = createTelnetLine({
    ...lineOwner,
    line: (text) => sendText(text, true),
    endOfFile: (text) => sendText(wire !== undefined && text === "" ? "\x04" : text, false),
    escapes: () => wire !== undefined,
    words: VERBS,
  });
  /** What is typed at `telnet> `. */
  const commands = createTelnetLine({
    ...lineOwner,
    line: command,
    endOfFile(text) {
      // Read, but the line goes on.
      half += text;
      if (text !== "") return;
      screen.echo("\r\n");
      quit();
    },
    escapes: () => false,
    words: completions,
    prompt,
  });

  function prompt(): void {
    mode = "prompt";
    screen.prompt("telnet> ");
  }

  /** ^], with what stood in the line before it. */
  function escape(text: string): void {
    if (wire === undefined) return;
    if (!wire.echo) screen.echo("\r\n");
    // Nobody reads the socket now; what comes waits in the kernel.
    socket?.pause();
    prompt();
    sendText(text, false);
  }

  function command(rest: string): void {
    const line = half + rest;
    half = "";
    const asked = mode === "(to)";
    const next = asked ? openHost(wordsOf(line), acting, true) : runCommand(line, acting);
    if (over || next === "taken") return;
    if (next === "session" && wire !== undefined) back();
    else prompt();
  }

  /** Gives the keyboard back to the session. */
  function back(): void {
    mode = "session";
    settings.resumed();
    session.show();
    // An end that waited comes first, and then nothing is sent any more.
    socket?.resume();
    if (!over) flush();
  }

  const acting: CommandOwner = {
    settings,
    get wire() {
      return wire;
    },
    get host() {
      return host;
    },
    say,
    send,
    open,
    askHost() {
      mode = "(to)";
      screen.prompt("(to) ");
    },
    close() {
      say("Connection closed.");
      if (once) exit(0);
      else {
        socket?.close();
        ended();
        prompt();
      }
    },
    quit,
  };

  function open(name: string, service: string, family: 4 | 6 | undefined, bind?: string): void {
    // A minus before the port: negotiate there as on port 23.
    const negotiating = service.startsWith("-");
    const target = resolve(net, name, negotiating ? service.slice(1) : service, family, bind);
    if (typeof target === "string") {
      say(target);
      failed();
      return;
    }
    host = name;
    mode = "session";
    dialEach(net, target, {
      say(line) {
        session.hide();
        say(line);
        session.show();
      },
      dialled(next) {
        socket = next;
        context.record({ kind: "attach", window, conn: next.conn });
      },
      opened: () => opened(negotiating || target.port === 23),
      failed() {
        session.clear();
        failed();
      },
      handlers: { onData: shows, onEnd: closedByHost, onReset: closedByHost },
    });
  }

  function opened(negotiating: boolean): void {
    session.hide();
    say(`Connected to ${host}.`);
    say(`Escape character is '${keyName(keys.escape)}'.`);
    session.show();
    wire = createWire({
      send,
      say,
      get crmod() {
        return on.has("crmod");
      },
      get autoflush() {
        return on.has("autoflush");
      },
      get autosynch() {
        return on.has("autosynch");
      },
      get options() {
        return on.has("options");
      },
      user,
      flushed() {
        if (flushTold || computer?.conveniences !== true) return;
        flushTold = true;
        session.hide();
        say(FLUSHED);
        session.show();
      },
    });
    if (negotiating) {
      wire.open();
      if (binary !== undefined) wire.setBinary(binary, true);
    }
    const lines = ahead;
    ahead = [];
    flush();
    for (const [text, whole] of lines) sendText(text, whole);
  }

  function shows(bytes: Uint8Array): void {
    if (wire === undefined || socket === undefined) return;
    session.hide();
    if (on.has("netdata")) hexLines("<", bytes).forEach(say);
    screen.relay(wire.receive(bytes), socket.conn);
    session.show();
    flush();
  }

  /** The connection is no more. */
  function ended(): void {
    socket = undefined;
    wire = undefined;
    held = [];
    typing.reset();
    session.clear();
  }

  // An end, a reset and a time-out are one to it: its read() comes back without bytes.
  function closedByHost(): void {
    session.clear();
    say("Connection closed by foreign host.");
    // Here telnet ends even if it was started without a host.
    exit(0);
  }

  /** Back to `telnet> ` after a failure, or out if the command line asked for this connection. */
  function failed(): void {
    ended();
    ahead = [];
    if (once) exit(1);
    else prompt();
  }

  function quit(): void {
    if (wire !== undefined) say("Connection closed.");
    exit(0);
  }

  /** A signal that nobody catches: 128 and its number. */
  function killed(name: Signal): void {
    screen.echo("\r\n");
    exit(name === "interrupt" ? 130 : 131);
  }

  function exit(status: number): void {
    if (over) return;
    over = true;
    socket?.close();
    context.exit(status);
  }

  function typed(input: Typed): Typed | undefined {
    if (over) return undefined;
    if (mode !== "session") return commands.typed(input);
    if (wire?.character !== true) return session.typed(input);
    if (input.kind === "key" && input.text === keys.escape) {
      if (wire.echo) screen.echo(`${keyName(keys.escape)}\r\n`);
      escape("");
    } else {
      // The lines of a paste end as Enter ends them.
      typing.keys(
        input.kind === "paste" ? input.text.replaceAll(/\r?\n/g, "\r") : input.text,
        wire,
      );
      flush();
    }
    return undefined;
  }

  function begin(): void {
    const asked = parseArguments(words.slice(1));
    if ("lines" in asked) {
      asked.lines.forEach(say);
      exit(asked.status);
      return;
    }
    settings.setKey("escape", asked.escape);
    if (asked.escape !== "\x1d" && asked.escape !== undefined) {
      say(`Telnet escape character is '${keyName(asked.escape)}'.`);
    }
    ({ user, binary } = asked);
    if (asked.host === undefined) prompt();
    else {
      once = true;
      open(asked.host, asked.service ?? "telnet", asked.family, asked.bind);
    }
  }

  begin();
  return {
    name: "telnet",
    typed(input) {
      let rest: Typed | undefined = input;
      while (rest !== undefined) rest = typed(rest);
    },
    hangUp() {
      over = true;
      socket?.close();
    },
  };
};
