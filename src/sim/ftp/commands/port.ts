/** Agreeing about the data connection: PASV and PORT (RFC 959 §4.1.2), EPSV and EPRT (RFC 2428). */
import type { Endpoint } from "../../facts.ts";
import { parseHostPort } from "../../protocol/host-port.ts";
import { canonicalIpv6, isIpv6 } from "../../protocol/ipv6.ts";
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Two steps: the port is known only when the server listens (`opened` in session.ts says 227). What
 * was agreed before is dropped first, so the old port is closed before the new one is announced.
 */
function pasv(turn: Turn): void {
  if (turn.session.onlyEpsv) return turn.say("only-epsv", { verb: "PASV" });
  if (turn.argument !== null) return turn.badArguments();
  listen(turn);
}

/** Drops what was agreed and asks for a port; the reply follows when it is open. */
export function listen(turn: Turn): void {
  turn.drop();
  turn.session.opening = turn.asked;
  turn.effects.push({ kind: "listen" });
}

/**
 * Rules in order: ALL; no protocol (or two words) or IPv4's number, 1; another number; none at all.
 * Over IPv6 either protocol's number means a port.
 */
function epsv(turn: Turn): void {
  const [wanted, more] = turn.words;
  const known = isIpv6(turn.env.address) ? /^\+?0*[12]$/ : /^\+?0*1$/;
  if (more !== undefined || wanted === undefined || known.test(wanted)) listen(turn);
  else if (wanted.toUpperCase() === "ALL") {
    turn.session.onlyEpsv = true;
    turn.say("only-epsv-set", {});
  } else if (/^[-+]?\d+$/.test(wanted)) turn.say("bad-protocol", {});
  else turn.say("bad-epsv", {});
}

/** The one word that PORT and EPRT take; EPSV ALL is looked at first. */
function oneWord(turn: Turn): string | undefined {
  const { words, verb } = turn;
  if (turn.session.onlyEpsv) turn.say("only-epsv", { verb });
  else if (words.length !== 1) turn.badArguments();
  else return words[0];
  return undefined;
}

/**
 * Rules in order: EPSV ALL; one word; six numbers of one byte at its beginning, whatever follows
 * (C's sscanf); neither address nor port 0; an address and a port that may be dialled.
 */
function port(turn: Turn): void {
  const word = oneWord(turn);
  if (word === undefined) return;
  const to = parseHostPort(
    /^\+?\d+(,\+?\d+){5}/.exec(word)?.[0].split(",").map(Number).join() ?? "",
  );
  if (to === undefined || to.port === 0 || to.address === "0.0.0.0") {
    turn.say("bad-address", { verb: "PORT" });
  } else agree(turn, to);
}

/** The same, with the protocol behind the first character; the port is cut to 16 bits, as in C. */
function eprt(turn: Turn): void {
  const word = oneWord(turn);
  if (word === undefined) return;
  const [, protocol = "", rest = ""] = /^.([-+]?\d*)(.*)$/s.exec(word) ?? [];
  const six = Number(protocol) === 2 && isIpv6(turn.env.address);
  if (Number(protocol) !== 1 && !six) return turn.say("bad-protocol", {});
  const [empty, address = "", number = ""] = rest.split(word.charAt(0));
  const ended = rest.split(word.charAt(0)).length > 3;
  const parts = address.split(".");
  const dotted =
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  const whole = six ? canonicalIpv6(address) : dotted ? address : undefined;
  if (empty === "" && ended && whole !== undefined && /^\d*$/.test(number)) {
    agree(turn, { address: whole, port: Number(number) & 0xffff });
  } else turn.say("bad-address", { verb: "EPRT" });
}

/** RFC 1918 §3: addresses that only mean something inside one's own network. */
const isPrivate = (address: string) => /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address);

/**
 * RFC 2577 §3 and §4: no port below 1024, and no host but the client itself, or a client could
 * make this server dial anybody (the bounce attack). A scenario can switch either rule off. A
 * private address from a client out in the world is its NAT's doing: its true address is taken.
 */
function agree(turn: Turn, wanted: Endpoint): void {
  const { session, env } = turn;
  const { address } = env.client;
  const here = env.setup.passive.announce ?? env.address;
  const hidden = isPrivate(wanted.address) && !isPrivate(address) && !isPrivate(here);
  const to = hidden ? { address, port: wanted.port } : wanted;
  const { lowPorts = false, foreignAddresses = false } = env.setup.allow ?? {};
  const refused =
    (to.port < 1024 && !lowPorts) || (to.address !== env.client.address && !foreignAddresses);
  if (refused) {
    turn.say("address-refused", { verb: turn.verb, to });
    return;
  }
  turn.drop();
  session.active = to;
  turn.say("port-agreed", { verb: turn.verb });
}

const common = { login: true, transfers: true } as const;

export const PASV: CommandSpec = {
  ...common,
  verb: "PASV",
  syntax: "PASV",
  rfc: "959 §4.1.2",
  purpose: "asks the server to listen for a data connection",
  run: pasv,
};

export const EPSV: CommandSpec = {
  ...common,
  verb: "EPSV",
  syntax: "EPSV [<SP> <net-prt> | ALL]",
  rfc: "2428 §3",
  purpose: "the same as PASV, with a port number alone for an answer",
  run: epsv,
};

export const PORT: CommandSpec = {
  ...common,
  verb: "PORT",
  syntax: "PORT <SP> <host-port>",
  rfc: "959 §4.1.2",
  purpose: "tells the server where to dial you",
  run: port,
};

export const EPRT: CommandSpec = {
  ...common,
  verb: "EPRT",
  syntax: "EPRT <SP> <d><net-prt><d><net-addr><d><tcp-port><d>",
  rfc: "2428 §2",
  purpose: "the same as PORT, for IPv6 too",
  run: eprt,
};
