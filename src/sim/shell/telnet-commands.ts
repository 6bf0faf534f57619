/** What is done at `telnet> `: `runCommand(line, owner)`. */
import { toBytes } from "../bytes.ts";
import { usage } from "./telnet-arguments.ts";
import { keyName } from "./telnet-names.ts";
import {
  findCommand,
  helpLines,
  parseMode,
  parseSend,
  wordsOf,
  type CommandName,
} from "./telnet-prompt.ts";
import type { Outcome, Settings } from "./telnet-settings.ts";
import type { Wire } from "./telnet-wire.ts";

/** What a command may touch. */
export interface CommandOwner {
  readonly settings: Settings;
  /** The connection's telnet, and the name it was dialled by; undefined without a connection. */
  readonly wire: Wire | undefined;
  readonly host: string;
  say(line: string): void;
  send(bytes: Uint8Array): void;
  /** Dials. */
  open(host: string, service: string, family: 4 | 6 | undefined): void;
  /** Asks for the words of `open`. */
  askHost(): void;
  close(): void;
  quit(): void;
}

/** Who has the keyboard then: the prompt, the session if there is one, or whoever took it. */
export type Next = "prompt" | "session" | "taken";

/** Tables behind commands that change nothing here. */
const TABLES: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  slc: [
    "export          Use local special character definitions",
    "import          Use remote special character definitions",
    "check           Verify remote special character definitions",
    "?               Print help information",
    "Special characters are local values",
  ],
  auth: [
    "status          Display current status of authentication information",
    "disable         Disable an authentication type ('auth disable ?' for more)",
    "enable          Enable an authentication type ('auth enable ?' for more)",
    "?               Print help information",
  ],
  encrypt: [
    "enable          Enable encryption. ('encrypt enable ?' for more)",
    "disable         Disable encryption. ('encrypt enable ?' for more)",
    "type            Set encryption type. ('encrypt type ?' for more)",
    "start           Start encryption. ('encrypt start ?' for more)",
    "stop            Stop encryption. ('encrypt stop ?' for more)",
    "input           Start encrypting the input stream",
    "-input          Stop encrypting the input stream",
    "output          Start encrypting the output stream",
    "-output         Stop encrypting the output stream",
    "status          Display current status of authentication information",
    "?               Print help information",
  ],
  environ: [
    "define          Define an environment variable",
    "undefine        Undefine an environment variable",
    "export          Mark an environment variable for automatic export",
    "unexport        Don't mark an environment variable for automatic export",
    "send            Send an environment variable",
    "list            List the current environment variables",
    "?               Print help information",
  ],
};

const NOT_CONNECTED = "?Need to be connected first.";

/** Does one line typed at the prompt. */
export function runCommand(line: string, owner: CommandOwner): Next {
  const [typed, ...words] = wordsOf(line);
  if (typed === undefined) return "session";
  const found = findCommand(typed);
  if ("refusal" in found) {
    owner.say(found.refusal);
    return "prompt";
  }
  return act(found.name, words, owner);
}

function act(name: CommandName, words: readonly string[], owner: CommandOwner): Next {
  const { settings, wire } = owner;
  const say = (line: string): void => owner.say(line);
  const tell = ({ lines, ok }: Outcome): Next => {
    lines.forEach(say);
    return ok ? "session" : "prompt";
  };
  const refuse = (...lines: string[]): Next => tell({ lines, ok: false });

  switch (name) {
    case "?":
      return refuse(...helpLines(words));
    case "quit":
      owner.quit();
      return "taken";
    case "close":
      if (wire === undefined) return refuse(NOT_CONNECTED);
      owner.close();
      return "taken";
    case "logout":
      if (wire === undefined) return refuse(NOT_CONNECTED);
      wire.logout();
      return "session";
    case "status":
      statusLines(owner).forEach(say);
      return "session";
    case "open":
      return open(words, owner);
    case "send": {
      const parsed = parseSend(words);
      if (!("codes" in parsed)) return tell(parsed);
      return wire === undefined
        ? refuse(NOT_CONNECTED, "'send ?' for help")
        : send(parsed.codes, wire, owner);
    }
    case "mode": {
      const parsed = parseMode(words, wire !== undefined);
      if (!("mode" in parsed)) return tell(parsed);
      wire?.setCharacter(parsed.mode === "character");
      return "session";
    }
    case "set":
    case "unset":
    case "toggle":
    case "display":
      return tell(settings.run(name, words));
    case "z":
    case "!":
      say(
        `(The real telnet can ${name === "z" ? "be stopped" : "start a shell"} here. Another window serves as well.)`,
      );
      return "session";
    default: {
      const [word] = words;
      if (word === undefined) {
        return refuse(`Need an argument to '${name}' command.  '${name} ?' for help.`);
      }
      if (word === "?") return refuse(...(TABLES[name] ?? []));
      return refuse(`(The real telnet has more to ${name}. Here it would change nothing.)`);
    }
  }
}

/** `open`; with no words it asks for them, once. */
export function open(words: readonly string[], owner: CommandOwner, asked = false): Next {
  if (owner.wire !== undefined) {
    owner.say(`?Already connected to ${owner.host}`);
    return "prompt";
  }
  if (words.length === 0 && !asked) {
    owner.askHost();
    return "taken";
  }
  let family: 4 | 6 | undefined;
  const rest = [...words];
  for (; rest[0] === "-4" || rest[0] === "-6"; rest.shift()) family = rest[0] === "-4" ? 4 : 6;
  const [to, service = "telnet", tooMuch] = rest;
  if (to === undefined || tooMuch !== undefined) {
    owner.say(usage("open"));
    return "prompt";
  }
  owner.open(to, service, family);
  return "taken";
}

function send(
  codes: readonly (number | "escape" | "getstatus")[],
  wire: Wire,
  owner: CommandOwner,
): Next {
  if (codes.includes("getstatus")) {
    // RFC 859's question is answered by nobody who has not agreed to it; no server here has.
    owner.say("Remote side does not support STATUS option");
    return "prompt";
  }
  for (const code of codes) {
    if (typeof code === "number") wire.commands([code]);
    else owner.send(toBytes(owner.settings.keys.escape ?? ""));
  }
  return "session";
}

function statusLines({ wire, host, settings }: CommandOwner): string[] {
  const escape = `Escape character is '${keyName(settings.keys.escape)}'.`;
  if (wire === undefined) return ["No connection.", escape];
  const mode = wire.character
    ? ["Operating in single character mode", "Catching signals locally"]
    : ["Operating in obsolete linemode"];
  return [
    `Connected to ${host}.`,
    ...mode,
    `${wire.echo ? "Local" : "Remote"} character echo`,
    escape,
  ];
}
