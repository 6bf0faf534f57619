/** The words of ProFTPD 1.3.8 for every outcome, as recorded and observed. */
import { fromBytes } from "../../bytes.ts";
import { may } from "../../fs/tree.ts";
import { formatHostPort } from "../../protocol/host-port.ts";
import { isIpv6 } from "../../protocol/ipv6.ts";
import type { Reply } from "../../protocol/reply.ts";
import type { Words } from "../dialect.ts";
import type { Turn } from "../state.ts";
import { helpLines, helpSite, helpSyntax } from "./proftpd-help.ts";

const one = (code: number, line: string): Reply => ({ code, lines: [line] });
const mode = (ascii: boolean) => `Opening ${ascii ? "ASCII" : "BINARY"} mode data connection for`;
const clocks = {
  login: "Login",
  idle: "Idle",
  noTransfer: "No transfer",
  stalled: "Stalled",
  accept: "Idle",
};
const protocol = (address: string) =>
  `Network protocol not supported, use (${isIpv6(address) ? "1,2" : "1"})`;
/** Of an IPv6 address it shows what stands behind the last colon (observed): no client can use it. */
const lastOf = (address: string) => address.slice(address.lastIndexOf(":") + 1);
/** These complain in other words than the rest when their arguments do not fit. */
const quoted: Readonly<Record<string, number>> = {
  RETR: 500,
  STOR: 500,
  APPE: 500,
  TYPE: 500,
  REST: 500,
  RANG: 500,
  HOST: 500,
  STOU: 500,
  ABOR: 500,
  STRU: 501,
  MODE: 501,
  ALLO: 504,
};

/** What it says to each outcome. */
export const words: Words = {
  greeting: (_, { env }) => {
    const { serverName = "", passive, messages } = env.setup;
    const name = `ProFTPD Server (${serverName}) [${passive.announce ?? env.address}]`;
    return { code: 220, lines: [...shown(messages?.connect), name] };
  },
  "too-many": ({ limit }) =>
    one(530, `Sorry, the maximum number of allowed clients (${limit}) are already connected.`),
  goodbye: (_, { env }) => {
    const quit = shown(env.setup.messages?.quit);
    return { code: 221, lines: quit.length > 0 ? quit : ["Goodbye."] };
  },
  "timed-out": ({ timer, seconds }) =>
    one(421, `${clocks[timer]} timeout (${seconds} seconds): closing control connection`),
  "empty-line": () => one(500, "Invalid command: try being more creative"),
  "unknown-verb": ({ verb }) => one(500, `${verb} not understood`),
  "not-yet": ({ verb }) => one(502, `${verb} command not implemented`),
  "not-implemented": ({ verb }) => one(502, `${verb} command not implemented`),
  "bad-arguments": ({ verb, argument }) => {
    const code = quoted[verb];
    if (code === undefined) return one(501, "Invalid number of parameters");
    return one(code, `'${argument === null ? verb : `${verb} ${argument}`}' not understood`);
  },
  "bad-sequence": () => one(503, "Bad sequence of commands"),
  busy: ({ verb }) => one(450, `${verb}: data transfer in progress`),

  "login-first": () => one(530, "Please login with USER and PASS"),
  "user-missing": () => one(500, "USER: command requires a parameter"),
  "password-wanted": ({ user }) => one(331, `Password required for ${user}`),
  "email-wanted": () =>
    one(331, "Anonymous login ok, send your complete email address as your password"),
  "logged-in": ({ user }, turn) => welcome(turn, `User ${user} logged in`),
  "anonymous-in": (_, turn) => welcome(turn, "Anonymous access granted, restrictions apply"),
  "login-failed": () => one(530, "Login incorrect."),
  "user-first": () => one(503, "Login with USER first"),
  "already-in": () => one(503, "You are already logged in"),
  "other-user": () => one(501, "Reauthentication not supported"),
  "started-over": () => one(502, "REIN command not implemented"),

  "current-folder": ({ path }) => one(257, `"${doubled(path)}" is the current directory`),
  "folder-changed": ({ verb, path }, { env, person }) => {
    const found = env.setup.messages && env.tree.find(".message", path, person);
    const file = found && "node" in found && found.node.type === "file" ? found.node : undefined;
    const text =
      file && may(file, person, 4) ? file.contents.slice(0, file.contents.size) : undefined;
    return { code: 250, lines: [...shown(text && fromBytes(text)), `${verb} command successful`] };
  },
  "folder-made": ({ path }) => one(257, `"${doubled(path)}" - Directory successfully created`),
  "folder-removed": ({ verb }) => one(250, `${verb} command successful`),
  "file-removed": () => one(250, "DELE command successful"),
  "rename-begun": () => one(350, "File or directory exists, ready for destination name"),
  renamed: () => one(250, "Rename successful"),
  "no-path": ({ path, why }, { verb }) => {
    // RNTO takes it for a move to another disk.
    const other = verb === "RNTO" && why === "Is a directory";
    return one(550, `${path}: ${other ? "Operation not permitted" : why}`);
  },
  "not-a-file": ({ path }) => one(550, `${path}: Not a regular file`),
  "no-right": ({ path, folder }) =>
    one(550, `${path}: ${folder ? "Permission denied" : "Operation not permitted"}`),

  system: () => one(215, "UNIX Type: L8"),
  nothing: () => one(200, "NOOP command successful"),
  "nothing-busy": () => one(200, "NOOP: data transfer in progress"),
  help: () => ({ code: 214, lines: helpLines() }),
  "help-verb": ({ verb }, { argument, words: all }) => {
    if (verb === "SITE" && all.length > 1) return one(502, `Unknown command 'SITE ${argument}'`);
    if (verb === "SITE") return { code: 214, lines: helpSite };
    const syntax = helpSyntax(verb);
    if (syntax === undefined) return one(502, `Unknown command '${verb}'`);
    return one(214, `Syntax: ${syntax}`);
  },
  "type-set": ({ type }) => one(200, `Type set to ${type}`),
  "type-refused": ({ type }) => one(504, `TYPE not implemented for '${type}' parameter`),
  "structure-set": () => one(200, "Structure set to F"),
  "structure-refused": ({ structure, known }) =>
    known
      ? one(504, `'STRU ${structure}' unsupported structure type`)
      : one(501, `'STRU ${structure}' unrecognized structure type`),
  "mode-set": () => one(200, "Mode set to S"),
  "mode-refused": ({ mode: wanted, known }) =>
    known
      ? one(504, `'MODE ${wanted}' unsupported transfer mode`)
      : one(501, `'MODE ${wanted}' unrecognized transfer mode`),

  passive: ({ at }) =>
    one(227, `Entering Passive Mode (${formatHostPort({ ...at, address: lastOf(at.address) })}).`),
  "extended-passive": ({ at }) => one(229, `Entering Extended Passive Mode (|||${at.port}|)`),
  "only-epsv-set": () => one(200, "EPSV ALL command successful"),
  "only-epsv": ({ verb }) => one(500, `Illegal ${verb} command, EPSV ALL in effect`),
  "bad-protocol": (_, { env }) => one(522, protocol(env.address)),
  "bad-epsv": () => one(501, "EPSV: unknown network protocol"),
  "no-port": () => one(425, "Unable to build data connection: Address already in use"),
  "port-agreed": ({ verb }) => one(200, `${verb} command successful`),
  "bad-address": ({ verb }) => one(501, `Illegal ${verb} command`),
  "address-refused": ({ verb }) => one(500, `Illegal ${verb} command`),

  // TYPE's word, though a listing is text in either; the article's server said BINARY.
  "list-begins": ({ ascii }, { env }) =>
    one(150, `${mode(ascii && env.setup.listWord !== "BINARY")} file list`),
  "list-missing": ({ path, why }) => one(450, `${path}: ${why}`),
  "no-files": () => one(450, "No files found"),
  "file-begins": ({ name, ascii, bytes }) => one(150, `${mode(ascii)} ${name}${inBytes(bytes)}`),
  "store-begins": ({ name, ascii, verb, file, bytes = 0 }) =>
    one(150, verb === "STOU" ? `FILE: ${file}` : `${mode(ascii)} ${name}${inBytes(bytes)}`),
  "transfer-done": () => one(226, "Transfer complete"),
  "transfer-broken": ({ range }) =>
    one(426, `Transfer aborted. ${range ? "Operation not permitted" : "Data connection closed"}`),
  "transfer-aborted": () => one(426, "Transfer aborted. Data connection closed."),
  "abort-done": () => one(226, "Abort successful"),
  "no-data": ({ why }) => one(425, `Unable to build data connection: ${why}`),
  "no-space": ({ path }) => one(552, `${path}: No space left on device`),
  "no-unique-name": () => one(450, "STOU: unable to generate unique filename"),
  "no-allocation": () => one(202, "No storage allocation necessary"),
  "bad-size": ({ size }) => one(504, `${size}: Invalid ALLO argument`),
  "restart-set": ({ value }) =>
    one(350, `Restarting at ${whole(value)}. Send STORE or RETRIEVE to initiate transfer`),
  "bad-restart": () => one(501, "REST requires a value greater than or equal to 0"),
  "restart-in-text": () => one(501, "REST: Resuming transfers not allowed in ASCII mode"),
  "range-set": ({ from, to }) => one(350, `Restarting at ${from}. End byte range at ${to}`),
  "beyond-end": ({ path, restart, size, end }) =>
    one(
      554,
      end !== undefined && restart <= size
        ? `${path}: invalid RANG argument`
        : `${end === undefined ? "REST" : "RANG"}: invalid ${path} argument`,
    ),
};

/** The lines of a text that is shown before a reply. */
function shown(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : text.replace(/\n$/, "").split(/\r?\n/);
}

/** The message is for who logs in, not for who says USER again. */
const welcome = ({ env, verb }: Turn, line: string): Reply => ({
  code: 230,
  lines: [...(verb === "USER" ? [] : shown(env.setup.messages?.login)), line],
});

const inBytes = (bytes: number) =>
  bytes > 0 ? ` (${bytes} ${bytes === 1 ? "byte" : "bytes"})` : "";

/** A quote in a path is written twice (RFC 959 appendix II). */
const doubled = (path: string) => path.replaceAll('"', '""');

/** What C reads in a number: at most 2^64 - 1. */
function whole(value: string): string {
  const number = BigInt(value.replace("+", "") || 0);
  const most = 2n ** 64n - 1n;
  return String(number > most ? most : number);
}
