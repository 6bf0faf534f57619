/** How pyftpdlib agrees about data connections: PASV, EPSV, PORT, EPRT. */
import type { Octets } from "../../bytes.ts";
import { parseExtended } from "../../protocol/host-port.ts";
import { isIpv6 } from "../../protocol/ipv6.ts";
import type { Turn } from "../state.ts";
import { dial, shut } from "./pyftpdlib-data.ts";
import { pythonInt, upper } from "./pyftpdlib-framer.ts";
import { isFull, stateOf } from "./pyftpdlib-state.ts";

/** Room for one more data connection; if not, says so. What there was is closed before. */
function hasRoom(turn: Turn): boolean {
  shut(turn);
  if (!isFull(turn)) return true;
  turn.reply(425, "Too many connections. Can't open data channel.");
  return false;
}

function listen(turn: Turn): void {
  if (!hasRoom(turn)) return;
  stateOf(turn).acceptor = "opening";
  turn.session.opening = turn.asked;
  turn.effects.push({ kind: "listen" });
}

/** After EPSV ALL these three are refused. */
function only(turn: Turn): boolean {
  if (turn.session.onlyEpsv) turn.reply(501, `${turn.verb} not allowed after EPSV ALL.`);
  return turn.session.onlyEpsv;
}

export function pasv(turn: Turn): void {
  if (!only(turn)) listen(turn);
}

export function epsv(turn: Turn): void {
  const { argument, session } = turn;
  const [mine, other] = protocols(turn);
  if (argument === null || argument === mine) listen(turn);
  else if (argument === other) turn.reply(522, `Network protocol not supported (use ${mine}).`);
  else if (upper(argument) === "ALL") {
    session.onlyEpsv = true;
    turn.reply(220, "Other commands other than EPSV are now disabled.");
  } else turn.reply(501, `Unknown network protocol (use ${mine}).`);
}

/** The number of the protocol that is spoken here, and of the other one (RFC 2428 §2). */
const protocols = ({ env }: Turn) => (isIpv6(env.address) ? ["2", "1"] : ["1", "2"]);

/** Numbers as Python reads them, or undefined if one is none. */
function numbers(text: string, mark: string): number[] | undefined {
  const all = text.split(mark).map((part) => pythonInt(part));
  return all.includes(undefined) ? undefined : all.map(Number);
}

const isByte = (number: number) => number >= 0 && number <= 255;
const isPort = (number: number) => number >= 0 && number <= 65_535;

/** The address must be of four bytes; the last two numbers only have to make a port together. */
export function port(turn: Turn): void {
  if (only(turn)) return;
  const all = numbers(turn.argument ?? "", ",") ?? [];
  const [high = 0, low = 0] = all.slice(4);
  const number = high * 256 + low;
  if (all.length !== 6 || !all.slice(0, 4).every(isByte) || !isPort(number))
    turn.reply(501, "Invalid PORT format.");
  else agree(turn, all.slice(0, 4).join("."), number);
}

export function eprt(turn: Turn): void {
  if (only(turn)) return;
  const parts = extended(turn.argument ?? "");
  const number = Number(pythonInt(parts?.port ?? "") ?? -1);
  const bytes = numbers(parts?.address ?? "", ".") ?? [];
  const wrong = () => turn.reply(501, "Invalid EPRT format.");
  const [mine] = protocols(turn);
  if (parts === undefined || !isPort(number)) wrong();
  // What stands for an IPv6 address is not looked at: it only has to be the client's, to the letter.
  else if (parts.protocol === "2" && mine === "2") agree(turn, parts.address, number);
  else if (parts.protocol === "2") turn.reply(522, "Network protocol not supported (use 1).");
  else if (parts.protocol !== "1") turn.reply(501, `Unknown network protocol (use ${mine}).`);
  else if (bytes.length !== 4 || !bytes.every(isByte)) wrong();
  else agree(turn, parts.address, number);
}

/** Whatever stands behind the last bar counts for nothing. */
function extended(text: Octets): ReturnType<typeof parseExtended> {
  const end = text.lastIndexOf(text.charAt(0));
  return parseExtended(text.slice(0, end + 1));
}

/** RFC 2577 §3 and §4, the other way round than elsewhere: the address first, then the port. */
function agree(turn: Turn, address: string, number: number): void {
  const { lowPorts = false, foreignAddresses = false } = turn.env.setup.allow ?? {};
  if (address !== turn.env.client.address && !foreignAddresses) {
    turn.reply(501, `Rejected data connection to foreign address ${address}:${number}.`);
  } else if (number < 1024 && !lowPorts) {
    turn.reply(501, `PORT against the privileged port "${number}" refused.`);
  } else if (hasRoom(turn)) dial(turn, { address, port: number });
}
