/** Agreeing about the data connection: PASV and PORT (RFC 959 §4.1.2), EPSV and EPRT (RFC 2428). */
import type { Endpoint } from "../../facts.ts";
import { parseExtended, parseHostPort } from "../../protocol/host-port.ts";
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Two steps: the port is known only when the server listens (`opened` in session.ts says 227). What
 * was agreed before is dropped first, so the old port is closed before the new one is announced.
 */
function pasv(turn: Turn): void {
  if (turn.argument !== null) return turn.badArguments();
  if (turn.session.onlyEpsv) return turn.say("only-epsv", { verb: "PASV" });
  listen(turn);
}

/** Drops what was agreed and asks for a port; the reply follows when it is open. */
export function listen(turn: Turn): void {
  turn.drop();
  turn.session.opening = turn.asked;
  turn.effects.push({ kind: "listen" });
}

/** Rules in order: ALL; no protocol or IPv4's number, 1; another number; no number at all. */
function epsv(turn: Turn): void {
  const wanted = turn.argument?.trim().toUpperCase();
  if (wanted === "ALL") {
    turn.session.onlyEpsv = true;
    turn.say("only-epsv-set", {});
  } else if (wanted === undefined || wanted === "1") listen(turn);
  else if (/^\d+$/.test(wanted)) turn.say("bad-protocol", {});
  else turn.say("bad-epsv", {});
}

/** Rules in order: an argument; EPSV ALL; six numbers; an address and a port that may be dialled. */
function port(turn: Turn): void {
  const { argument, session } = turn;
  if (argument === null || /[ \t]/.test(argument)) return turn.badArguments();
  if (session.onlyEpsv) return turn.say("only-epsv", { verb: "PORT" });
  const to = parseHostPort(argument);
  if (to === undefined) turn.say("bad-address", { verb: "PORT" });
  else agree(turn, to);
}

function eprt(turn: Turn): void {
  const { argument, session } = turn;
  if (argument === null) return turn.badArguments();
  if (session.onlyEpsv) return turn.say("only-epsv", { verb: "EPRT" });
  const parts = parseExtended(argument);
  if (parts !== undefined && parts.protocol !== "1") return turn.say("bad-protocol", {});
  const number = Number(parts?.port);
  if (parts === undefined || !/^\d+$/.test(parts.port)) turn.say("bad-address", { verb: "EPRT" });
  else agree(turn, { address: parts.address, port: number });
}

/**
 * RFC 2577 §3 and §4: no port below 1024, and no host but the client itself, or a client could
 * make this server dial anybody (the bounce attack). A scenario can switch either rule off.
 */
function agree(turn: Turn, to: Endpoint): void {
  const { session, env } = turn;
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
