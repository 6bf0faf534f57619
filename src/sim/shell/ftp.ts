/**
 * ftp: a line client, with the words and manners of GNU inetutils 2.4: `ftp [-dpAnv] [HOST [PORT]]`.
 * With debugging on (-d) it shows each command it sends: what a client does for its user.
 */
import { DIAL_ERRORS } from "./dial-words.ts";
import { createEditor } from "./editor.ts";
import { warn } from "./files.ts";
import { finished, flagError, readFlags } from "./flags.ts";
import { createFtpClient, type Trouble } from "./ftp-client.ts";
import { commandNames, findFtpCommand } from "./ftp-commands.ts";
import { login, openConnection, type Ftp } from "./ftp-session.ts";
import type { Start, Typed } from "./program.ts";
import { run, wait, type Work } from "./steps.ts";

const TROUBLES: Readonly<Record<Exclude<Trouble["kind"], "dial">, string>> = {
  unreadable: "Passive mode address scan failure. Shouldn't happen!",
  mismatch: "Passive mode address mismatch.",
  bind: "ftp: bind: Address already in use",
};

const HELP = [
  "Usage: ftp [OPTION...] [HOST [PORT]]",
  "Remote file transfer.",
  "",
  "  -4, -6      contact IPv4, or IPv6 hosts",
  "  -A          enable active mode transfer",
  "  -d          enable debugging output",
  "  -i          do not prompt during multiple file transfers",
  "  -n          do not automatically login to the remote system",
  "  -p          enable passive mode transfer",
  "  -v          verbose output",
];

/** Starts ftp. */
export const ftp: Start = (words, context) => {
  const { window, net, computer } = context;
  const terminal = context.terminal ?? context.screen;
  const { flags, rest, wrong } = readFlags(words, "46AdeginpvV?");
  if (wrong !== undefined || flags.has("?") || computer === undefined) {
    if (wrong === undefined) for (const line of HELP) warn(context, line);
    else {
      warn(context, flagError("ftp", wrong));
      warn(context, "Try 'ftp -?' for more information.");
    }
    context.exit(wrong === undefined ? 0 : 64);
    return finished("ftp");
  }
  let over = false;
  /** What is typed while a command is under way waits, as in a terminal. */
  let ahead: Typed[] = [];
  let reader: { typed(input: Typed): Typed | undefined } | undefined;
  let stop: (() => void) | undefined;
  /** Lines that came while nobody waited for any: they are read before the next command. */
  let held: string[] = [];
  let lost = false;

  const say = (text: string): void => context.screen.say(`${text}\r\n`);

  const client = createFtpClient(net, {
    attached: (conn) => context.record({ kind: "attach", window, conn }),
    sent(shown, line, conn) {
      if (session.debug) say(`---> ${shown}`);
      context.record({ kind: "line", window, conn, line });
    },
    line(line) {
      if (!client.busy) held.push(line);
      else if (session.verbose || /^[45]/.test(line)) say(line);
    },
    trouble(why) {
      say(why.kind === "dial" ? `ftp: connect: ${DIAL_ERRORS[why.why][0]}` : TROUBLES[why.kind]);
    },
    lost() {
      lost = true;
      // Whoever types, at the prompt or at a question, learns of it with the next line.
      if (reader !== undefined) return;
      tellLost();
      back();
    },
  });

  const session: Ftp = {
    context,
    computer,
    client,
    say,
    debug: flags.has("d"),
    verbose: true,
    passive: flags.has("p") && !flags.has("A"),
    hash: false,
    prompting: !flags.has("i"),
    type: "A",
    agreed: "A",
    host: "",
    family: flags.has("4") ? 4 : flags.has("6") ? 6 : undefined,
    autoLogin: !flags.has("n"),
    ask: (prompt, hidden) => wait((resume) => question(prompt, hidden === true, resume)),
    leave: () => leave(0),
  };

  /** Asks one question below the commands; its answer goes into no history. */
  function question(prompt: string, hidden: boolean, answer: (text: string) => void): void {
    terminal.prompt(prompt);
    const mute = { echo() {}, edit() {} };
    const asking = createEditor(hidden ? mute : terminal, {
      line(text) {
        if (hidden) terminal.echo("\r\n");
        reader = undefined;
        if (lost) {
          tellLost();
          back();
        } else answer(text);
      },
      interrupt() {
        if (!hidden) terminal.echo("\r\n");
        else terminal.echo("^C\r\n");
        back();
      },
      endOfFile() {
        terminal.echo("\r\n");
        back();
      },
    });
    reader = asking;
    readOn();
  }

  const commands = createEditor(terminal, {
    line(text) {
      reader = undefined;
      work(obey(text));
    },
    interrupt() {
      terminal.echo("\r\n");
      terminal.prompt("ftp> ");
    },
    endOfFile() {
      terminal.echo("\r\n");
      leave(0);
    },
    complete: (before) => (/^\S+$/.test(before) ? completion(before) : ""),
  });

  /** What Tab adds to the beginning of a command. */
  function completion(before: string): string {
    const fitting = commandNames.filter((name) => name.startsWith(before));
    return fitting.length === 1 ? `${fitting[0]!.slice(before.length)} ` : "";
  }

  function* obey(text: string): Work {
    const [name, ...args] = text.trim().split(/\s+/);
    if (name === undefined || name === "") return;
    if (lost) tellLost();
    for (const line of held) say(line);
    held = [];
    const command = findFtpCommand(name);
    if (typeof command === "string") say(command);
    else if (command.needsConnection && !client.connected) say("Not connected.");
    else yield* command.run(session, args, text.trim());
  }

  /** The last lines of a server that has closed, or what ftp says in their place. */
  function tellLost(): void {
    lost = false;
    session.type = session.agreed = "A";
    for (const line of held) say(line);
    if (!held.some((line) => line.startsWith("421"))) {
      say("421 Service not available, remote server has closed connection");
    }
    held = [];
  }

  function work(what: Work): void {
    let ended = false;
    stop = () => {};
    const stopWork = run(what, () => {
      ended = true;
      back();
    });
    if (!ended && stop !== undefined) stop = stopWork;
  }

  /** Back to the prompt, whatever was under way. */
  function back(): void {
    stop?.();
    stop = undefined;
    if (over) return;
    terminal.prompt("ftp> ");
    reader = commands;
    readOn();
  }

  function readOn(): void {
    const next = over || reader === undefined ? undefined : ahead.shift();
    if (next === undefined) return;
    const more = reader?.typed(next);
    if (more !== undefined) ahead.unshift(more);
    readOn();
  }

  function interrupted(): void {
    ahead = [];
    terminal.echo("^C\r\n");
    const current = stop;
    current?.();
    if (!client.connected) {
      client.close();
      back();
      return;
    }
    // A second ^C does not wait for the answer any more.
    stop = () => client.close();
    client.abort(() => {
      stop = undefined;
      back();
    });
  }

  function leave(status: number): void {
    if (over) return;
    hangUp();
    context.exit(status);
  }

  function hangUp(): void {
    over = true;
    stop?.();
    client.close();
  }

  function* begin(): Work {
    const [to, port] = rest;
    if (to === undefined) return;
    const opened = yield* openConnection(session, to, port, "ftp");
    if (opened && session.autoLogin) yield* login(session);
  }

  work(begin());
  return {
    name: "ftp",
    typed(input) {
      if (over) return;
      if (reader === undefined && input.kind === "key" && input.text === "\x03") interrupted();
      else {
        ahead.push(input);
        readOn();
      }
    },
    hangUp,
  };
};
