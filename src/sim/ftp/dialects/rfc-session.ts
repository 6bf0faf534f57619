/** The `rfc` dialect's commands about the session: RFC 959 §4.1.2 and §4.1.3, RFC 2428, 1639, 2389, 2640. */
import type { Endpoint } from "../../facts.ts";
import { parseExtended, parseHostPort } from "../../protocol/host-port.ts";
import { canonicalIpv6, isIpv6 } from "../../protocol/ipv6.ts";
import { listen } from "../commands/port.ts";
import { rows } from "../commands/table.ts";
import { Turn } from "../state.ts";
import { FACTS, statPath } from "./rfc-facts.ts";

const OKAY = "Command okay.";
const SYNTAX = "Syntax error in parameters or arguments.";
const NOT_FOR = "Command not implemented for that parameter.";

/** A and E with N, T or C, which are all kept alike; I; L 8. */
export function setType(turn: Turn): void {
  const wanted = turn.words.join(" ").toUpperCase();
  const [, letter] = /^(?=([AEIL]))([AE]( [NTC])?|I|L 8)$/.exec(wanted) ?? [];
  if (letter === "A" || letter === "E" || letter === "I" || letter === "L") {
    turn.session.type = letter;
    turn.reply(200, OKAY);
  } else if (/^L \d+$/.test(wanted)) turn.reply(504, NOT_FOR);
  else turn.reply(501, SYNTAX);
}

export function stru(turn: Turn): void {
  const wanted = turn.argument?.toUpperCase();
  if (wanted !== "F" && wanted !== "R" && wanted !== "P") return turn.reply(501, SYNTAX);
  turn.session.structure = wanted;
  return turn.reply(200, OKAY);
}

export function mode(turn: Turn): void {
  const wanted = turn.argument?.toUpperCase();
  if (wanted !== "S" && wanted !== "B" && wanted !== "C") return turn.reply(501, SYNTAX);
  turn.session.mode = wanted;
  return turn.reply(200, OKAY);
}

/** RFC 959 §4.1.3: a server that needs no room set aside treats it as NOOP. */
export function allo(turn: Turn): void {
  if (/^\d+( R \d+)?$/i.test(turn.words.join(" ")))
    turn.reply(202, "No storage allocation necessary.");
  else turn.reply(501, SYNTAX);
}

/** After EPSV ALL nothing but EPSV agrees about data connections (RFC 2428 §4). */
function only(turn: Turn): boolean {
  if (turn.session.onlyEpsv) turn.reply(501, "EPSV ALL is in effect.");
  return turn.session.onlyEpsv;
}

/** 227 has room for four numbers, so over IPv6 there is no PASV; LPSV has room for sixteen. */
export function pasv(turn: Turn): void {
  if (only(turn)) return;
  if (turn.verb === "PASV" && isIpv6(turn.env.address)) {
    turn.reply(502, "Command not implemented over IPv6: EPSV is.");
  } else listen(turn);
}

/** The number of the protocol that is spoken here (RFC 2428 §2). */
const protocolOf = ({ env }: Turn) => (isIpv6(env.address) ? "2" : "1");
const notSupported = (turn: Turn) =>
  turn.reply(522, `Network protocol not supported, use (${protocolOf(turn)})`);

export function epsv(turn: Turn): void {
  const wanted = turn.argument?.toUpperCase();
  if (wanted === "ALL") {
    turn.session.onlyEpsv = true;
    turn.reply(200, "EPSV ALL is in effect.");
  } else if (wanted === undefined || wanted === protocolOf(turn)) listen(turn);
  else if (/^\d+$/.test(wanted)) notSupported(turn);
  else turn.reply(501, SYNTAX);
}

export function port(turn: Turn): void {
  if (only(turn)) return;
  const to = parseHostPort(turn.argument ?? "");
  if (to === undefined) turn.reply(501, SYNTAX);
  else agree(turn, to);
}

export function eprt(turn: Turn): void {
  if (only(turn)) return;
  const parts = parseExtended(turn.argument ?? "");
  const number = Number(parts?.port);
  const text = parts?.address ?? "";
  const four = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? text : undefined;
  const address = protocolOf(turn) === "2" ? canonicalIpv6(text) : four;
  if (parts === undefined || !/^\d{1,5}$/.test(parts.port) || number > 65_535)
    turn.reply(501, SYNTAX);
  else if (parts.protocol !== protocolOf(turn)) notSupported(turn);
  else if (address === undefined) turn.reply(501, SYNTAX);
  else agree(turn, { address, port: number });
}

/** RFC 1639: an address family, how many bytes the address has, the address, the same for the port. */
export function lprt(turn: Turn): void {
  if (only(turn)) return;
  const all = (turn.argument ?? "").split(",");
  const [family, long] = isIpv6(turn.env.address) ? [6, 16] : [4, 4];
  const bytes = all.map(Number);
  if (!all.every((part) => /^\d{1,3}$/.test(part)) || bytes.some((byte) => byte > 255))
    turn.reply(501, SYNTAX);
  else if (bytes[0] !== family) turn.reply(521, `Supported address families are (${family})`);
  else if (bytes.length !== 5 + long || bytes[1] !== long || bytes[2 + long] !== 2)
    turn.reply(501, SYNTAX);
  else {
    const [high = 0, low = 0] = bytes.slice(-2);
    const address = bytes.slice(2, 2 + long);
    agree(turn, {
      address: family === 6 ? sixteen(address) : address.join("."),
      port: high * 256 + low,
    });
  }
}

/** Sixteen bytes as an IPv6 address. */
function sixteen(bytes: readonly number[]): string {
  const groups = bytes.flatMap((byte, at) =>
    at % 2 === 0 ? [(byte * 256 + (bytes[at + 1] ?? 0)).toString(16)] : [],
  );
  return canonicalIpv6(groups.join(":")) ?? "";
}

/** RFC 2577 §3 and §4: no port below 1024 and no other host is dialled, or anybody could be. */
function agree(turn: Turn, to: Endpoint): void {
  const { session, env } = turn;
  const { lowPorts = false, foreignAddresses = false } = env.setup.allow ?? {};
  if ((to.port < 1024 && !lowPorts) || (to.address !== env.client.address && !foreignAddresses)) {
    turn.reply(504, NOT_FOR);
    return;
  }
  turn.drop();
  session.active = to;
  turn.reply(200, OKAY);
}

/** 426 is the transfer's own last reply, 226 that of ABOR, when the data connection is closed. */
export function abor(turn: Turn): void {
  const { session, env, asked } = turn;
  const { transfer } = session;
  if (transfer === null) {
    turn.drop();
    turn.reply(226, "Abort command successfully processed.");
    return;
  }
  const of = transfer.asked;
  turn.abort(({ now, effects }) => {
    new Turn(session, env, now, effects, of).reply(426, "Connection closed; transfer aborted.");
    new Turn(session, env, now, effects, asked).reply(226, "Abort command successfully processed.");
  });
}

export function stat(turn: Turn): void {
  const { session, env, argument } = turn;
  const { login, type, structure, transfer } = session;
  if (argument !== null) return statPath(turn);
  const data = transfer === null ? "No data connection" : `${transfer.bytes} bytes moved so far`;
  return turn.reply(
    211,
    "Status of the server:",
    `You are at ${env.client.address}, ${login.stage === "in" ? `logged in as ${login.user}` : "not logged in"}`,
    `TYPE ${type}, STRU ${structure}, MODE ${session.mode}`,
    data,
    "End of status",
  );
}

/** Without an argument all verbs; with one its syntax and what it is for. */
export function help(turn: Turn): void {
  const { table } = turn.env.dialect;
  const verb = turn.words[0]?.toUpperCase();
  if (verb === undefined) {
    const names = [...table.keys()].toSorted();
    const lines: string[] = [];
    for (let i = 0; i < names.length; i += 10) lines.push(names.slice(i, i + 10).join(" "));
    turn.reply(214, "These commands are known:", ...lines, "HELP with one of them says more.");
    return;
  }
  const row = table.get(verb);
  if (row === undefined) turn.reply(501, `${verb} is not known.`);
  else turn.reply(214, `${row.syntax}: ${row.purpose} (RFC ${row.rfc})`);
}

export function feat(turn: Turn): void {
  const { session, env } = turn;
  const shown = session.mlstFacts ?? FACTS;
  const facts = FACTS.map((fact) => `${fact}${shown.includes(fact) ? "*" : ""};`).join("");
  const lines = [
    "EPRT",
    "EPSV",
    "HOST",
    "LANG EN*",
    "MDTM",
    `MLST ${facts}`,
    "REST STREAM",
    "SIZE",
  ];
  if (env.setup.tls !== undefined) lines.unshift("AUTH TLS", "CCC", "PBSZ", "PROT");
  turn.reply(211, "Extensions supported:", ...lines, "TVFS", "UTF8", "End");
}

/** OPTS MLST alone; UTF8 is always on (RFC 2640 §2.2). */
export function opts(turn: Turn): void {
  const [command = "", facts = "", ...more] = turn.words;
  const which = command.toUpperCase();
  if (which === "UTF8") turn.reply(200, OKAY);
  else if (which !== "MLST" || more.length > 0)
    turn.reply(501, `There are no options of ${which}.`);
  else {
    const wanted = facts.toLowerCase().split(";");
    const known = FACTS.filter((fact) => wanted.includes(fact));
    turn.session.mlstFacts = known;
    turn.reply(200, `MLST OPTS ${known.map((fact) => `${fact};`).join("")}`);
  }
}

export function lang(turn: Turn): void {
  if (/^(en(-.*)?)?$/i.test(turn.argument ?? "")) turn.reply(200, "Replies are in English.");
  else turn.reply(504, "Only English is spoken here.");
}

/** Verbs that some server knows; what no RFC knows is not recognised here either. */
export const rfcRows = rows.filter(({ rfc }) => /^\d/.test(rfc));
