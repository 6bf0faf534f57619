/** What Microsoft's FTP Service 5.0 (Windows 2000) says for every outcome, as seen in public logs of its clients. */
import type { Octets } from "../../bytes.ts";
import { formatHostPort } from "../../protocol/host-port.ts";
import type { Reply } from "../../protocol/reply.ts";
import type { Words } from "../dialect.ts";
import type { Turn } from "../state.ts";

const one = (code: number, line: string): Reply => ({ code, lines: [line] });
const always = (code: number, line: string) => () => one(code, line);

/** Windows' words for Unix's reasons. */
const WHY: Readonly<Record<string, string>> = {
  "No such file or directory": "The system cannot find the file specified.",
  "Not a directory": "The directory name is invalid.",
  "Directory not empty": "The directory is not empty.",
  "File exists": "Cannot create a file when that file already exists.",
};
const denied = (path: Octets, why = "") => one(550, `${path}: ${WHY[why] ?? "Access is denied."}`);

const mode = (ascii: boolean) => `Opening ${ascii ? "ASCII" : "BINARY"} mode data connection for`;

/** A connection that the client dialled stands already; one that the server dials is announced. */
function begins({ session }: Turn, ascii: boolean, what: string): Reply {
  return session.transfer?.passive === true
    ? one(125, "Data connection already open; Transfer starting.")
    : one(150, `${mode(ascii)} ${what}.`);
}

const unknown = ({ verb }: { verb: Octets }) => one(500, `'${verb}': command not understood`);
const badly = ({ verb, argument }: Turn) =>
  one(501, `'${argument === null ? verb : `${verb} ${argument}`}': Invalid number of parameters`);

/** The words. */
export const words: Words = {
  greeting: (_, { env }) => {
    const { serverName = "server" } = env.setup;
    return one(220, `${serverName} Microsoft FTP Service (Version 5.0).`);
  },
  "too-many": ({ limit }) => one(421, `${limit} users is the most that may be connected.`),
  goodbye: (_, { env }) => one(221, env.setup.messages?.quit?.replace(/\n$/, "") ?? " "),
  "timed-out": ({ seconds }) =>
    one(421, `Timeout (${seconds} seconds): closing control connection.`),
  "empty-line": always(500, "'': command not understood"),
  "unknown-verb": unknown,
  "not-yet": unknown,
  "not-implemented": ({ verb }) => one(502, `'${verb}': command not implemented`),
  "bad-arguments": (_, turn) => badly(turn),
  "bad-sequence": always(503, "Bad sequence of commands."),
  busy: always(450, "A transfer is in progress."),

  "login-first": always(530, "Please login with USER and PASS."),
  "user-missing": (_, turn) => badly(turn),
  "password-wanted": ({ user }) => one(331, `Password required for ${user}.`),
  "email-wanted": always(331, "Anonymous access allowed, send identity (e-mail name) as password."),
  "logged-in": ({ user }, turn) => welcome(turn, `User ${user} logged in.`),
  "anonymous-in": (_, turn) => welcome(turn, "Anonymous user logged in."),
  "login-failed": (_, { session }) => one(530, `User ${session.named ?? ""} cannot log in.`),
  "user-first": always(503, "Login with USER first."),
  "already-in": always(503, "Login with USER first."),
  "other-user": always(530, "Please login with USER and PASS."),
  "started-over": always(220, "Service ready for new user."),

  "current-folder": ({ path }) => one(257, `"${path}" is current directory.`),
  "folder-changed": ({ verb }) => one(250, `${verb} command successful.`),
  "folder-made": ({ name }) => one(257, `"${name}" directory created.`),
  "folder-removed": ({ verb }) => one(250, `${verb} command successful.`),
  "file-removed": always(250, "DELE command successful."),
  "rename-begun": always(350, "File exists, ready for destination name"),
  renamed: always(250, "RNTO command successful."),
  "no-path": ({ path, why }) => denied(path, why),
  "not-a-file": ({ path }) => denied(path),
  "no-right": ({ path }) => denied(path),

  system: always(215, "Windows_NT version 5.0"),
  nothing: always(200, "NOOP command successful."),
  "nothing-busy": always(200, "NOOP command successful."),
  help: (_, { env }) => ({
    code: 214,
    lines: [
      "The following commands are recognized(* =>'s unimplemented).",
      ...[...env.dialect.table.keys()].toSorted().map((verb) => `   ${verb}`),
      "HELP command successful.",
    ],
  }),
  "help-verb": ({ verb }, { env }) => {
    const row = env.dialect.table.get(verb);
    return row === undefined ? unknown({ verb }) : one(214, `Syntax: ${row.syntax}`);
  },
  "type-set": ({ type }) => one(200, `Type set to ${type}.`),
  "type-refused": ({ type }) => one(504, `Type ${type} not implemented.`),
  "structure-set": ({ structure }) => one(200, `STRU ${structure} ok.`),
  "structure-refused": ({ structure }) => one(504, `Unimplemented STRU ${structure}.`),
  "mode-set": ({ mode: set }) => one(200, `MODE ${set} ok.`),
  "mode-refused": ({ mode: wanted }) => one(504, `Unimplemented MODE ${wanted}.`),

  passive: ({ at }) => one(227, `Entering Passive Mode (${formatHostPort(at)}).`),
  "extended-passive": unknownTo,
  "only-epsv-set": unknownTo,
  "only-epsv": unknownTo,
  "bad-protocol": unknownTo,
  "bad-epsv": unknownTo,
  "no-port": always(425, "Can't open data connection."),
  "port-agreed": ({ verb }) => one(200, `${verb} command successful.`),
  "bad-address": always(501, "Server cannot accept argument."),
  "address-refused": always(500, "Invalid PORT Command."),

  "list-begins": ({ ascii }, turn) => begins(turn, ascii, "/bin/ls"),
  "list-missing": ({ path, why }) => denied(path, why),
  "no-files": ({ path }) => denied(path, "No such file or directory"),
  "file-begins": ({ name, ascii, bytes }, turn) => begins(turn, ascii, `${name}(${bytes} bytes)`),
  "store-begins": ({ name, ascii }, turn) => begins(turn, ascii, name),
  "transfer-done": always(226, "Transfer complete."),
  "transfer-broken": always(426, "Connection closed; transfer aborted."),
  "transfer-aborted": always(426, "Connection closed; transfer aborted."),
  "abort-done": always(226, "ABOR command successful."),
  "no-data": (_, { verb, argument }) => [
    one(150, `${mode(true)} ${/^(LIST|NLST)$/.test(verb) ? "/bin/ls" : argument}.`),
    one(425, "Can't open data connection."),
  ],
  "no-space": always(550, "There is not enough space on the disk."),
  "no-unique-name": always(550, "Access is denied."),
  "no-allocation": always(202, "ALLO command ignored."),
  "bad-size": always(202, "ALLO command ignored."),
  "restart-set": ({ value }) => one(350, `Restarting at ${value}.`),
  "bad-restart": (_, turn) => badly(turn),
  "restart-in-text": ({ value = "" }: { value?: Octets }) => one(350, `Restarting at ${value}.`),
  "range-set": unknownTo,
  "beyond-end": ({ path }) => denied(path),
};

/** A command that came after it: this server is older than RFC 2428. */
function unknownTo(_: unknown, { verb }: Turn): Reply {
  return unknown({ verb });
}

const welcome = ({ env }: Turn, line: string): Reply => ({
  code: 230,
  lines: [...(env.setup.messages?.login?.replace(/\n$/, "").split("\n") ?? []), line],
});
