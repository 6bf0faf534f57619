/** What vsftpd 3.0.3 says for every outcome. */
import type { Endpoint } from "../../facts.ts";
import { formatHostPort } from "../../protocol/host-port.ts";
import { isIpv6 } from "../../protocol/ipv6.ts";
import type { Reply } from "../../protocol/reply.ts";
import type { Words } from "../dialect.ts";
import { linesOf, messageOf, quoted, says } from "./vsftpd-turn.ts";

const always = (code: number, text: string) => () => says(code, text);

const HELP = [
  "The following commands are recognized.",
  " ABOR ACCT ALLO APPE CDUP CWD  DELE EPRT EPSV FEAT HELP LIST MDTM MKD",
  " MODE NLST NOOP OPTS PASS PASV PORT PWD  QUIT REIN REST RETR RMD  RNFR",
  " RNTO SITE SIZE SMNT STAT STOR STOU STRU SYST TYPE USER XCUP XCWD XMKD",
  " XPWD XRMD",
  "Help OK.",
];
const help = (): Reply => ({ code: 214, lines: HELP, layout: "raw" });

/** Over IPv6 it has no address of four numbers, and shows noughts (observed). */
function passive({ address, port }: Endpoint): Reply {
  const shown = isIpv6(address) ? "0.0.0.0" : address;
  return says(227, `Entering Passive Mode (${formatHostPort({ address: shown, port })}).`);
}

/** The words. */
export const words: Words = {
  "too-many": always(421, "There are too many connected users, please try later."),
  goodbye: always(221, "Goodbye."),
  "unknown-verb": always(500, "Unknown command."),
  "not-yet": always(500, "Unknown command."),
  "bad-arguments": always(500, "Unknown command."),
  "bad-sequence": always(503, "RNFR required first."),
  busy: always(500, "Unknown command."),

  "login-first": always(530, "Please login with USER and PASS."),
  "user-missing": always(331, "Please specify the password."),
  "password-wanted": always(331, "Please specify the password."),
  "email-wanted": always(331, "Please specify the password."),
  "login-failed": always(530, "Login incorrect."),
  "user-first": always(503, "Login with USER first."),
  "already-in": always(230, "Already logged in."),
  "other-user": always(530, "Can't change to another user."),
  "started-over": always(502, "REIN not implemented."),

  "folder-removed": always(250, "Remove directory operation successful."),
  "file-removed": always(250, "Delete operation successful."),
  "rename-begun": always(350, "Ready for RNTO."),
  renamed: always(250, "Rename successful."),
  "not-a-file": always(550, "Failed to open file."),
  "no-right": always(550, "Permission denied."),

  system: always(215, "UNIX Type: L8"),
  nothing: always(200, "NOOP ok."),
  "nothing-busy": always(200, "NOOP ok."),
  "type-refused": always(500, "Unrecognised TYPE command."),
  "structure-set": always(200, "Structure set to F."),
  "structure-refused": always(504, "Bad STRU command."),
  "mode-set": always(200, "Mode set to S."),
  "mode-refused": always(504, "Bad MODE command."),

  "only-epsv-set": always(200, "EPSV ALL ok."),
  "only-epsv": always(550, "Permission denied."),
  "bad-protocol": always(522, "Bad network protocol."),
  "bad-epsv": always(522, "Bad network protocol."),
  "no-port": always(500, "OOPS: vsf_sysutil_bind"),

  "list-begins": always(150, "Here comes the directory listing."),
  "list-missing": always(226, "Transfer done (but failed to open directory)."),
  "no-files": always(226, "Directory send OK."),
  "transfer-done": always(226, "Transfer complete."),
  // Where the client stopped sending, the handler says so itself.
  "transfer-broken": always(426, "Failure writing network stream."),
  "transfer-aborted": always(426, "Failure writing network stream."),
  "abort-done": always(226, "ABOR successful."),
  "no-data": always(425, "Failed to establish connection."),
  "no-space": always(451, "Failure writing to local file."),
  "no-unique-name": always(553, "Could not create file."),
  "no-allocation": always(202, "ALLO command ignored."),
  "bad-size": always(202, "ALLO command ignored."),
  "restart-in-text": always(550, "No support for resume of ASCII transfer."),

  greeting: (_, { env }) => {
    const banner = env.setup.messages?.connect;
    return banner === undefined ? says(220, "(vsFTPd 3.0.3)") : says(220, ...linesOf(banner), "");
  },
  "timed-out": ({ timer }) =>
    says(421, timer === "stalled" ? "Data timeout. Reconnect. Sorry." : "Timeout."),
  "empty-line": () => [],
  "not-implemented": ({ verb }) => says(502, `${verb} not implemented.`),
  "logged-in": (_, turn) => says(230, ...messageOf(turn), "Login successful."),
  "anonymous-in": (_, turn) => says(230, ...messageOf(turn), "Login successful."),
  "current-folder": ({ path }) => says(257, `${quoted(path)} is the current directory`),
  "folder-changed": (_, turn) => says(250, ...messageOf(turn), "Directory successfully changed."),
  "folder-made": ({ path }) => says(257, `${quoted(path)} created`),
  "no-path": (_, { verb }) => says(NO_PATH[verb]?.[0] ?? 550, NO_PATH[verb]?.[1] ?? ""),
  help,
  "help-verb": help,
  "type-set": ({ type }) => says(200, `Switching to ${type === "A" ? "ASCII" : "Binary"} mode.`),
  passive: ({ at }) => passive(at),
  // A firewall's way around PASV, which vsftpd knows too.
  "extended-passive": ({ at }, { verb }) =>
    verb === "P@SW" ? passive(at) : says(229, `Entering Extended Passive Mode (|||${at.port}|)`),
  "port-agreed": ({ verb }) =>
    says(200, `${verb} command successful. Consider using ${verb === "PORT" ? "PASV" : "EPSV"}.`),
  "bad-address": ({ verb }) => says(500, `${verb === "PORT" ? "Illegal" : "Bad"} ${verb} command.`),
  "address-refused": ({ verb }) => says(500, `Illegal ${verb} command.`),
  // Text is not converted unless the set-up wants it, and TYPE A is none the wiser.
  "file-begins": ({ name, size }) =>
    says(150, `Opening BINARY mode data connection for ${name} (${size} bytes).`),
  "store-begins": ({ name, verb }) =>
    says(150, verb === "STOU" ? `FILE: ${name}` : "Ok to send data."),
  "restart-set": ({ value }) => says(350, `Restart position accepted (${value}).`),
  "bad-restart": () => says(350, "Restart position accepted (0)."),
  "range-set": () => says(500, "Unknown command."),
  "beyond-end": () => says(226, "Transfer complete."),
};

/** What each command says when it comes to nothing, whatever Unix's reason. */
const NO_PATH: Readonly<Record<string, readonly [number, string]>> = {
  CWD: [550, "Failed to change directory."],
  XCWD: [550, "Failed to change directory."],
  CDUP: [550, "Failed to change directory."],
  XCUP: [550, "Failed to change directory."],
  MKD: [550, "Create directory operation failed."],
  XMKD: [550, "Create directory operation failed."],
  RMD: [550, "Remove directory operation failed."],
  XRMD: [550, "Remove directory operation failed."],
  DELE: [550, "Delete operation failed."],
  RNFR: [550, "RNFR command failed."],
  RNTO: [550, "Rename failed."],
  SIZE: [550, "Could not get file size."],
  MDTM: [550, "Could not get file modification time."],
  SITE: [550, "SITE CHMOD command failed."],
  RETR: [550, "Failed to open file."],
  STOR: [553, "Could not create file."],
  APPE: [553, "Could not create file."],
  STOU: [553, "Could not create file."],
};
