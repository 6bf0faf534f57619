/** What the commands of ftp share: its settings, dialling, the login, and one transfer. */
import { concat, fromBytes, toBytes } from "../bytes.ts";
import type { DialFailure } from "../net/network.ts";
import { dialError } from "./dial-words.ts";
import { recordFile, relay, warn, writer } from "./files.ts";
import type { ClientReply, FtpClient, TransferEnd } from "./ftp-client.ts";
import { portOf } from "./ports.ts";
import type { Computer, ProgramContext } from "./program.ts";
import { wait, type Work } from "./steps.ts";

/** A running ftp, as its commands see it. */
export interface Ftp {
  readonly context: ProgramContext;
  readonly computer: Computer;
  readonly client: FtpClient;
  say(text: string): void;
  /** Shows each command that is sent. */
  debug: boolean;
  verbose: boolean;
  passive: boolean;
  hash: boolean;
  /** Asks before each file of mget. */
  prompting: boolean;
  /** The type that the user wants, and the one that the server was told last. */
  type: "A" | "I";
  agreed: "A" | "I";
  host: string;
  readonly family: 4 | 6 | undefined;
  readonly autoLogin: boolean;
  ask(prompt: string, hidden?: boolean): Work<string>;
  leave(): void;
}

/** Sends a command and waits for its reply. */
export function say(ftp: Ftp, line: string): Work<ClientReply> {
  return wait((resume) => ftp.client.command(line, resume));
}

/** Dials, address by address. True if somebody is there who greeted as an FTP server does. `command` asks for it. */
export function* openConnection(
  ftp: Ftp,
  host: string,
  service = "ftp",
  command: "open" | "ftp" = "open",
): Work<boolean> {
  const { context, client } = ftp;
  // atoi(3) reads as far as there are digits.
  const port = portOf(/^\d+/.exec(service)?.[0] ?? service, host);
  if (typeof port === "string") {
    warn(context, `${host}: bad port -- ${service}`);
    warn(context, `usage: ${command} host-name [port]`);
    return false;
  }
  const addresses = context.net.lookup(host, ftp.family);
  if (addresses.length === 0) {
    warn(context, `ftp: ${host}: Name or service not known`);
    return false;
  }
  ftp.host = host;
  ftp.type = ftp.agreed = "A";
  for (const address of addresses) {
    const outcome = yield* wait<ClientReply | DialFailure>((resume) =>
      client.open({ address, port }, () => ftp.say(`Connected to ${host}.`), resume),
    );
    if (typeof outcome !== "string") {
      if (outcome.code < 400) return true;
      client.close();
      return false;
    }
    const [words] = dialError(context.net, address, outcome);
    warn(context, `ftp: connect to address ${address}: ${words}`);
  }
  warn(context, "ftp: no response from host");
  return false;
}

/** Asks for a name, says USER and PASS, and what a client wants to know then. */
export function* login(ftp: Ftp): Work {
  const name = yield* ftp.ask(`Name (${ftp.host}:you): `);
  yield* identify(ftp, name === "" ? "you" : name);
  const system = yield* say(ftp, "SYST");
  const [kind] = system.text.split(" ");
  if (system.code !== 215 || kind === undefined) return;
  if (ftp.verbose) ftp.say(`Remote system type is ${kind}.`);
  if (!system.text.startsWith("UNIX Type: L8")) return;
  // Eight bits a byte on both sides: files may go as they are, and TYPE I is said with the first.
  ftp.type = "I";
  if (ftp.verbose) ftp.say("Using binary mode to transfer files.");
}

/** USER, and PASS and ACCT if the server asks for them. */
export function* identify(ftp: Ftp, name: string, password?: string): Work<boolean> {
  let reply = yield* say(ftp, `USER ${name}`);
  if (reply.code >= 300 && reply.code < 400) {
    reply = yield* say(ftp, `PASS ${password ?? (yield* ftp.ask("Password: ", true))}`);
  }
  if (reply.code >= 300 && reply.code < 400) {
    reply = yield* say(ftp, `ACCT ${yield* ftp.ask("Account: ", true)}`);
  }
  if (reply.code < 300) return true;
  warn(ftp.context, "ftp: Login failed.");
  return false;
}

/** What a transfer is for. */
export interface Order {
  readonly command: string;
  /** The local file; "-" is the window. */
  readonly local?: string;
  readonly send?: Uint8Array;
  readonly rest?: number;
  /** A listing goes as it comes; a file as the type says, which is told to the server before. */
  readonly listing?: boolean;
  /** Where the lines of a list go instead. */
  readonly collect?: Uint8Array[];
}

const HASH = 1024;

/** Does one transfer, and says how long it took. */
export function* transfer(ftp: Ftp, order: Order): Work {
  const { context, computer, client } = ftp;
  if (order.listing !== true && ftp.agreed !== ftp.type) {
    const reply = yield* say(ftp, `TYPE ${ftp.type}`);
    if (reply.code >= 300) return;
    ftp.agreed = ftp.type;
  }
  const text = ftp.agreed === "A" || order.listing === true;
  const { local, collect } = order;
  // The file is made when its first byte is there, or the transfer has come to a good end.
  let write: ((bytes: Uint8Array) => void) | undefined;
  const file = () => (write ??= writer(computer, local!, order.rest !== undefined));
  const toWindow = local === undefined || local === "-";
  const strip = text && !toWindow ? stripper() : (bytes: Uint8Array) => bytes;
  let hashed = 0;
  let length = 0;
  let began = context.net.now();
  const end = yield* wait<TransferEnd>((resume) =>
    client.transfer(
      {
        command: order.command,
        passive: ftp.passive,
        ...(order.rest === undefined ? {} : { rest: order.rest }),
        ...(order.send === undefined ? {} : { send: text ? toNetwork(order.send) : order.send }),
        begun: () => (began = context.net.now()),
        receive(bytes, conn) {
          length += bytes.length;
          if (collect !== undefined) collect.push(bytes);
          else if (toWindow) relay(context, bytes, conn);
          else file()(strip(bytes));
          if (!ftp.hash || toWindow) return;
          const marks = Math.floor(length / HASH) - hashed;
          if (marks > 0) context.screen.say("#".repeat(marks));
          hashed += marks;
        },
      },
      resume,
    ),
  );
  const good = end.reply !== undefined && end.reply.code < 300;
  if (good && !toWindow && collect === undefined && order.send === undefined) file();
  if (write !== undefined) recordFile(context, local!);
  if (!good) return;
  if (order.listing === true || collect !== undefined || end.bytes === 0 || !ftp.verbose) return;
  const took = Math.max(0.001, (context.net.now() - began) / 1000);
  const way = order.send === undefined ? "received" : "sent";
  ftp.say(`${end.bytes} bytes ${way} in ${three(took)} seconds (${rate(end.bytes / took)})`);
}

/** As C's %.3g. */
const three = (value: number): string => String(Number(value.toPrecision(3)));

function rate(bytes: number): string {
  if (bytes < 1024) return `${three(bytes)} bytes/s`;
  return bytes < 1024 ** 2
    ? `${three(bytes / 1024)} kbytes/s`
    : `${three(bytes / 1024 ** 2)} Mbytes/s`;
}

/** TYPE A to the network: each LF goes as CR LF (RFC 959 §3.1.1.1). */
const toNetwork = (bytes: Uint8Array): Uint8Array =>
  toBytes(fromBytes(bytes).replaceAll("\n", "\r\n"));

/** ... and back: CR LF is LF, even cut in two. */
function stripper(): (bytes: Uint8Array) => Uint8Array {
  let kept = new Uint8Array(0);
  return (bytes) => {
    const all = concat([kept, bytes]);
    const cut = all.at(-1) === 13 ? all.length - 1 : all.length;
    kept = all.slice(cut);
    return toBytes(fromBytes(all, 0, cut).replaceAll("\r\n", "\n"));
  };
}
