/** The commands of ftp: `findFtpCommand(name)`. Each says which lines of FTP it is made of. */
import { concat, fromBytes, utf8Decode } from "../bytes.ts";
import { fileName, warn } from "./files.ts";
import { identify, login, openConnection, say, transfer, type Ftp } from "./ftp-session.ts";
import type { Work } from "./steps.ts";

/** One command. */
export interface FtpCommand {
  /** For `help NAME`. */
  readonly does: string;
  readonly needsConnection: boolean;
  run(ftp: Ftp, args: readonly string[], line: string): Work;
}

type Run = FtpCommand["run"];

const local = (does: string, run: (ftp: Ftp, args: readonly string[]) => void): FtpCommand => ({
  does,
  needsConnection: false,
  run(ftp, args) {
    run(ftp, args);
    return nothing();
  },
});
function* nothing(): Work {}

const remote = (does: string, run: Run): FtpCommand => ({ does, needsConnection: true, run });

/** An argument, or what is answered when it is missing. */
function* argument(ftp: Ftp, args: readonly string[], at: number, question: string): Work<string> {
  return args[at] ?? (yield* ftp.ask(`(${question}) `)).trim();
}

/** A command that is one line of FTP with one argument. */
const simple = (does: string, verb: string, question?: string): FtpCommand =>
  remote(does, function* (ftp, args) {
    const text = question === undefined ? "" : yield* argument(ftp, args, 0, question);
    if (question !== undefined && text === "") usage(ftp, verb);
    else yield* say(ftp, `${verb} ${text}`.trimEnd());
  });

const usage = (ftp: Ftp, verb: string): void => ftp.say(`(${verb} wants a name behind it.)`);

const list = (does: string, verb: string): FtpCommand =>
  remote(does, (ftp, [path, to]) =>
    transfer(ftp, {
      command: path === undefined ? verb : `${verb} ${path}`,
      listing: true,
      ...(to === undefined ? {} : { local: fileName(to) }),
    }),
  );

const setType = (does: string, type: "A" | "I"): FtpCommand =>
  remote(does, function* (ftp) {
    const reply = yield* say(ftp, `TYPE ${type}`);
    if (reply.code >= 300) return;
    ftp.type = ftp.agreed = type;
  });

const receive = (does: string, resume: boolean): FtpCommand =>
  remote(does, function* (ftp, args) {
    const from = yield* argument(ftp, args, 0, "remote-file");
    if (from === "") return;
    const to = args[0] === undefined ? (yield* ftp.ask("(local-file) ")).trim() : (args[1] ?? "");
    const name = fileName(to === "" ? lastPart(from) : to);
    const there = resume ? ftp.computer.files.get(name)?.length : undefined;
    yield* transfer(ftp, {
      command: `RETR ${from}`,
      local: name,
      ...(there === undefined ? {} : { rest: there }),
    });
  });

const store = (does: string, verb: string): FtpCommand =>
  remote(does, function* (ftp, args) {
    const from = yield* argument(ftp, args, 0, "local-file");
    if (from === "") return;
    const to = args[0] === undefined ? (yield* ftp.ask("(remote-file) ")).trim() : (args[1] ?? "");
    const bytes = ftp.computer.files.get(fileName(from));
    if (bytes === undefined) warn(ftp.context, `ftp: local: ${from}: No such file or directory`);
    else
      yield* transfer(ftp, { command: `${verb} ${to === "" ? fileName(from) : to}`, send: bytes });
  });

const quote = (does: string): FtpCommand =>
  remote(does, function* (ftp, args) {
    const line = args.length > 0 ? args.join(" ") : yield* ftp.ask("(command line to send) ");
    if (line !== "") yield* say(ftp, line);
  });

const lastPart = (path: string): string => path.replace(/^.*\/(?=.)/s, "");

function* mget(ftp: Ftp, args: readonly string[]): Work {
  const first = yield* argument(ftp, args, 0, "remote-files");
  for (const pattern of args.length > 0 ? args : [first]) {
    const collect: Uint8Array[] = [];
    const { verbose } = ftp;
    ftp.verbose = false;
    yield* transfer(ftp, { command: `NLST ${pattern}`, listing: true, collect });
    ftp.verbose = verbose;
    for (const name of utf8Decode(fromBytes(concat(collect))).split(/\r?\n/)) {
      if (name === "") continue;
      if (ftp.prompting) {
        const answer = yield* ftp.ask(`mget ${name}? `);
        if (/^n/i.test(answer)) continue;
      } else if (ftp.verbose) ftp.say(`local: ${name} remote: ${name}`);
      yield* transfer(ftp, { command: `RETR ${name}`, local: fileName(lastPart(name)) });
    }
  }
}

function* closeConnection(ftp: Ftp): Work {
  yield* say(ftp, "QUIT");
  ftp.client.close();
}

const bye: FtpCommand = {
  does: "terminate ftp session and exit",
  needsConnection: false,
  *run(ftp) {
    if (ftp.client.connected) yield* closeConnection(ftp);
    ftp.leave();
  },
};

const onOff = (on: boolean): string => (on ? "on" : "off");

function status(ftp: Ftp): void {
  const { client, type, verbose, prompting, hash, passive } = ftp;
  ftp.say(client.connected ? `Connected to ${ftp.host}.` : "Not connected.");
  ftp.say("No proxy connection.");
  ftp.say(`Passive mode: ${onOff(passive)}.`);
  ftp.say(
    `Mode: stream; Type: ${type === "A" ? "ascii" : "binary"}; Form: non-print; Structure: file`,
  );
  ftp.say(`Verbose: ${onOff(verbose)}; Bell: off; Prompting: ${onOff(prompting)}; Globbing: on`);
  ftp.say(`Hash mark printing: ${onOff(hash)}; Debugging: ${onOff(ftp.debug)}`);
}

function files(ftp: Ftp): void {
  const names = [...ftp.computer.files.keys()].toSorted();
  if (names.length > 0) ftp.say(names.join("  "));
}

const HOME = "/home/you";

const COMMANDS: Readonly<Record<string, FtpCommand>> = {
  "!": local("escape to the shell", (ftp) => ftp.say("(Of the shell there is only !ls here.)")),
  "!ls": local("list the files on this computer", files),
  append: store("append to a file", "APPE"),
  ascii: setType("set ascii transfer type", "A"),
  active: local("let the server dial (PORT)", (ftp) => {
    ftp.passive = false;
    ftp.say("Passive mode off.");
  }),
  binary: setType("set binary transfer type", "I"),
  bye,
  cd: simple("change remote working directory", "CWD", "remote-directory"),
  cdup: simple("change remote working directory to parent directory", "CDUP"),
  close: remote("terminate ftp session", closeConnection),
  debug: local("toggle/set debugging mode", (ftp) => {
    ftp.debug = !ftp.debug;
    ftp.say(`Debugging ${onOff(ftp.debug)} (debug=${ftp.debug ? 1 : 0}).`);
  }),
  delete: simple("delete remote file", "DELE", "remote-file"),
  dir: list("list contents of remote directory", "LIST"),
  disconnect: remote("terminate ftp session", closeConnection),
  get: receive("receive file", false),
  hash: local("toggle printing `#' for each buffer transferred", (ftp) => {
    ftp.hash = !ftp.hash;
    ftp.say(`Hash mark printing ${onOff(ftp.hash)}${ftp.hash ? " (1024 bytes/hash mark)" : ""}.`);
  }),
  help: local("print local help information", help),
  image: setType("set binary transfer type", "I"),
  lcd: local("change local working directory", (ftp) => ftp.say(`Local directory now ${HOME}`)),
  literal: quote("send arbitrary ftp command"),
  lpwd: local("print local working directory", (ftp) => ftp.say(`Local directory is ${HOME}`)),
  ls: list("list contents of remote directory", "LIST"),
  mget: remote("get multiple files", mget),
  mkdir: simple("make directory on the remote machine", "MKD", "directory-name"),
  modtime: simple("show last modification time of remote file", "MDTM", "remote-file"),
  nlist: list("nlist contents of remote directory", "NLST"),
  open: {
    does: "connect to remote ftp",
    needsConnection: false,
    *run(ftp, args) {
      if (ftp.client.connected) {
        ftp.say(`Already connected to ${ftp.host}, use close first.`);
        return;
      }
      const answered = args.length > 0 ? args : (yield* ftp.ask("(to) ")).trim().split(/\s+/);
      const [host, port] = answered;
      if (host === undefined || host === "") ftp.say("usage: open host-name [port]");
      else if ((yield* openConnection(ftp, host, port)) && ftp.autoLogin) yield* login(ftp);
    },
  },
  passive: local("enter passive transfer mode", (ftp) => {
    ftp.passive = !ftp.passive;
    ftp.say(`Passive mode ${onOff(ftp.passive)}.`);
  }),
  prompt: local("force interactive prompting on multiple commands", (ftp) => {
    ftp.prompting = !ftp.prompting;
    ftp.say(`Interactive mode ${onOff(ftp.prompting)}.`);
  }),
  put: store("send one file", "STOR"),
  pwd: simple("print working directory on remote machine", "PWD"),
  quit: bye,
  quote: quote("send arbitrary ftp command"),
  recv: receive("receive file", false),
  reget: receive("get file restarting at end of local file", true),
  rename: remote("rename file", function* (ftp, args) {
    const from = yield* argument(ftp, args, 0, "from-name");
    const to = yield* argument(ftp, args, 1, "to-name");
    if (from === "" || to === "") return;
    const reply = yield* say(ftp, `RNFR ${from}`);
    if (reply.code >= 300 && reply.code < 400) yield* say(ftp, `RNTO ${to}`);
  }),
  rhelp: simple("get help from remote server", "HELP"),
  rmdir: simple("remove directory on the remote machine", "RMD", "directory-name"),
  rstatus: simple("show status of remote machine", "STAT"),
  send: store("send one file", "STOR"),
  sendport: local("toggle use of PORT cmd for each data connection", (ftp) => {
    ftp.passive = !ftp.passive;
    ftp.say(`Use of PORT cmds ${onOff(!ftp.passive)}.`);
  }),
  size: simple("show size of remote file", "SIZE", "filename"),
  status: local("show current status", status),
  system: simple("show remote system type", "SYST"),
  type: {
    does: "set file transfer type",
    needsConnection: true,
    *run(ftp, [type]) {
      const wanted = type === undefined ? undefined : WORDS[type];
      if (type === undefined) {
        ftp.say(`Using ${ftp.type === "A" ? "ascii" : "binary"} mode to transfer files.`);
      } else if (wanted === undefined) ftp.say(`${type}: unknown mode`);
      else yield* wanted.run(ftp, [], "");
    },
  },
  user: remote("send new user information", function* (ftp, args) {
    const name = yield* argument(ftp, args, 0, "username");
    if (name !== "") yield* identify(ftp, name, args[1]);
  }),
  verbose: local("toggle verbose mode", (ftp) => {
    ftp.verbose = !ftp.verbose;
    ftp.say(`Verbose mode ${onOff(ftp.verbose)}.`);
  }),
  "?": local("print local help information", help),
};

const WORDS: Readonly<Record<string, FtpCommand | undefined>> = {
  ascii: COMMANDS["ascii"],
  binary: COMMANDS["binary"],
  image: COMMANDS["image"],
};

/** All names, for Tab and for help. */
export const commandNames: readonly string[] = Object.keys(COMMANDS);

/** A command by its name or an unmistakable beginning of it, or what ftp says instead. */
export function findFtpCommand(name: string): FtpCommand | string {
  const exact = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (exact !== undefined) return exact;
  if (name.startsWith("!")) return "(Of the shell there is only !ls here.)";
  const fitting = commandNames.filter((known) => known.startsWith(name));
  const meant = new Set(fitting.map((known) => COMMANDS[known]));
  if (fitting.length === 0) return "?Invalid command";
  return meant.size === 1 ? COMMANDS[fitting[0]!]! : "?Ambiguous command";
}

const COLUMNS = 5;

function help(ftp: Ftp, args: readonly string[]): void {
  for (const name of args) {
    const command = findFtpCommand(name);
    if (command === "?Ambiguous command") ftp.say(`?Ambiguous help command ${name}`);
    else if (typeof command === "string") ftp.say(`?Invalid help command ${name}`);
    else ftp.say(`${name.padEnd(10)}\t${command.does}`);
  }
  if (args.length > 0) return;
  ftp.say("Commands may be abbreviated.  Commands are:");
  ftp.say("");
  const rows = Math.ceil(commandNames.length / COLUMNS);
  for (let at = 0; at < rows; at++) {
    const row = Array.from(
      { length: COLUMNS },
      (_, column) => commandNames[at + column * rows] ?? "",
    );
    ftp.say(
      row
        .map((name) => name.padEnd(16))
        .join("")
        .trimEnd(),
    );
  }
}
