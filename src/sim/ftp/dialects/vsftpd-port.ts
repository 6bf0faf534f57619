/** Agreeing about the data connection as vsftpd does: EPSV, PORT, EPRT. It reads numbers as C's atoi. */
import type { Endpoint } from "../../facts.ts";
import { canonicalIpv6, isIpv6 } from "../../protocol/ipv6.ts";
import { listen } from "../commands/port.ts";
import type { Turn } from "../state.ts";
import { tell } from "./vsftpd-turn.ts";

/** The number that a text begins with, 0 if there is none, in 32 bits. */
export function atoi(text: string): number {
  const digits = /^[ \t\n\v\f\r]*([-+]?\d+)/.exec(text)?.[1] ?? "0";
  return Number(BigInt.asIntN(32, BigInt(digits.replace("+", ""))));
}

const isSix = ({ env }: Turn) => isIpv6(env.address);

/** Rules in order: ALL; IPv4's number, 1, however it is written, and over IPv6 also 2; another one. */
export function epsv(turn: Turn): void {
  const wanted = turn.argument ?? "";
  if (wanted.toUpperCase() === "ALL") {
    turn.session.onlyEpsv = true;
    turn.say("only-epsv-set", {});
  } else if (wanted !== "" && !(atoi(wanted) === 1 || (isSix(turn) && atoi(wanted) === 2)))
    turn.say("bad-protocol", {});
  else listen(turn);
}

/** Numbers with `separator` between them, and at most one more behind the last. */
function numbersIn(text: string, separator: string, count: number): number[] | undefined {
  const parts = text.split(separator);
  if (parts.length === count + 1 && parts[count] === "") parts.pop();
  // A separator at the end of all counts as one too few, unless it is the one too many.
  if (parts.length !== count || (count > 1 && parts[count - 1] === "")) return undefined;
  const numbers = parts.map(atoi);
  return numbers.every((number) => number >= 0 && number <= 255) ? numbers : undefined;
}

/** What was agreed before is forgotten first, whatever comes of it. */
export function port(turn: Turn): void {
  turn.drop();
  const bytes = numbersIn(turn.argument ?? "", ",", 6);
  if (bytes === undefined) return turn.say("bad-address", { verb: "PORT" });
  const [high = 0, low = 0] = bytes.slice(4);
  agree(turn, { address: bytes.slice(0, 4).join("."), port: high * 256 + low });
}

/** Rules in order: a bar first; the protocol; four numbers; a port and no more. */
export function eprt(turn: Turn): void {
  turn.drop();
  const refuse = () => turn.say("bad-address", { verb: "EPRT" });
  const [before = "", protocol = "", address = "", number = "", ...more] = (
    turn.argument ?? ""
  ).split("|");
  if (before !== "") return refuse();
  const six = isSix(turn) && atoi(protocol) === 2;
  if (atoi(protocol) !== 1 && !six) return tell(turn, 500, "Bad EPRT protocol.");
  const four = numbersIn(address, ".", 4)?.join(".");
  // One of the other family is no error of form: it is only nobody that may be dialled.
  const whole = six ? (canonicalIpv6(address) ?? four) : four;
  const wanted = atoi(number);
  if (whole === undefined || number === "" || more.join("|") !== "") return refuse();
  if (wanted < 0 || wanted > 65_535) return refuse();
  agree(turn, { address: whole, port: wanted });
}

/** RFC 2577 §3 and §4: no host but the client itself, and no port below 1024. */
function agree(turn: Turn, to: Endpoint): void {
  const { session, env } = turn;
  const { lowPorts = false, foreignAddresses = false } = env.setup.allow ?? {};
  const foreign = to.address !== env.client.address && !foreignAddresses;
  if (foreign || (to.port < 1024 && !lowPorts)) {
    turn.say("address-refused", { verb: turn.verb, to });
    return;
  }
  session.active = to;
  turn.say("port-agreed", { verb: turn.verb });
}
