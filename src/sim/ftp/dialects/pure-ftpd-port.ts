/** Pure-FTPd's data connections: PASV, EPSV, PORT, EPRT, and what it alone has: ESTA and ESTP. */
import type { Octets } from "../../bytes.ts";
import type { Endpoint } from "../../facts.ts";
import { canonicalIpv6, isIpv6 } from "../../protocol/ipv6.ts";
import { listen } from "../commands/port.ts";
import type { DataInput } from "../effect.ts";
import { type Plan, type Session, type Transfer, Turn } from "../state.ts";
import { rate, setCount, tell } from "./pure-ftpd-turn.ts";

const BAD_ADDRESS = "Syntax error in IP address";
const NO_ACTIVE = "Active mode is disabled";
const ONLY_IPV4 = "Only IPv4 is supported (1)";
const BOTH = "Only IPv4 and IPv6 are supported (1,2)";
const NO_PASV = "You cannot use PASV on IPv6 connections. Use EPSV instead.";

/** The argument does no harm. */
export function pasv(turn: Turn): void {
  if (isIpv6(turn.env.address)) tell(turn, 425, NO_PASV);
  else listen(turn);
}

/** ALL switches active mode off; IPv6 it has not over IPv4; whatever else is said means a port. */
export function epsv(turn: Turn): void {
  const { argument, session } = turn;
  if (/^all$/i.test(argument ?? "")) {
    session.onlyEpsv = true;
    tell(turn, 220, NO_ACTIVE);
  } else if (argument === "2" && !isIpv6(turn.env.address)) tell(turn, 522, ONLY_IPV4);
  else listen(turn);
}

/** C's %u: blanks before it and a sign are fine, and it counts modulo 2^32. */
const unsigned = (many: number, mark: string) =>
  ` *([+-]?\\d+)${mark}`.repeat(many).slice(0, -mark.length);
const HOST_PORT = new RegExp(`^${unsigned(6, ",")}`);
const HOST = new RegExp(`^(?:${unsigned(4, ",")}|${unsigned(4, "\\.")})`);

/** Six numbers must stand there; what follows them is not looked at. */
export function port(turn: Turn): void {
  const parts = HOST_PORT.exec(turn.argument ?? "")
    ?.slice(1)
    .map((part) => Number(part) >>> 0);
  const [high = 0, low = 0] = parts?.slice(4) ?? [];
  const address = parts?.slice(0, 4) ?? [];
  if (
    parts === undefined ||
    parts.some((part) => part > 255) ||
    !isSome(address) ||
    high + low === 0
  )
    tell(turn, 501, BAD_ADDRESS);
  else agree(turn, { address: address.join("."), port: high * 256 + low });
}

const isSome = (numbers: readonly number[]) => numbers.some((number) => number > 0);

/** `|1|a.b.c.d|port|`, where commas do for the points; what follows is not looked at. */
export function eprt(turn: Turn): void {
  const [, mark = "", family = "", rest = ""] =
    /^([^])(\d*)([^]*)$/.exec(turn.argument ?? "") ?? [];
  if (mark === "" || !rest.startsWith(mark)) return tell(turn, 501, BAD_ADDRESS);
  const six = isIpv6(turn.env.address);
  if (six && Number(family) === 2) return eprt6(turn, rest.slice(1).split(mark));
  if (Number(family) !== 1) return tell(turn, 522, six ? BOTH : ONLY_IPV4);
  const text = rest.slice(1);
  const address = HOST.exec(text)
    ?.slice(1)
    .filter((part) => part !== undefined)
    .map((part) => Number(part) >>> 0);
  const tail = text.replace(/^[0-9.,]*/, "");
  const [, digits = "", after = ""] = /^.(\d*)([^]?)/.exec(tail) ?? [];
  const number = Number(digits);
  const fits = address?.every((part) => part <= 255) === true && isSome(address);
  if (!fits || !tail.startsWith(mark) || after !== mark || number < 1 || number > 65_535)
    tell(turn, 501, BAD_ADDRESS);
  else agree(turn, { address: address.join("."), port: number });
}

/** The port counts modulo 2^16, and the bar behind it is not missed (observed). */
function eprt6(turn: Turn, [text = "", digits = ""]: readonly string[]): void {
  const address = canonicalIpv6(text);
  const number = Number(digits) & 0xffff;
  if (address === undefined || number === 0) tell(turn, 501, BAD_ADDRESS);
  else agree(turn, { address, port: number });
}

/** Rules in order: EPSV ALL; then what was agreed before is dropped; a low port; another host's address. */
function agree(turn: Turn, to: Endpoint): void {
  const { session, env } = turn;
  const { lowPorts = false, foreignAddresses = false } = env.setup.allow ?? {};
  if (session.onlyEpsv) return tell(turn, 501, NO_ACTIVE);
  turn.drop();
  if (to.port < 1024 && !lowPorts)
    return tell(turn, 501, "Sorry, but I won't connect to ports < 1024");
  const mine = env.client.address;
  if (to.address !== mine && !foreignAddresses) {
    return tell(turn, 500, `I won't open a connection to ${to.address} (only to ${mine})`);
  }
  session.active = to;
  const between = to.address === mine ? [] : [`FXP transfer: from ${mine} to ${to.address}`];
  tell(turn, 200, ...between, "PORT command successful");
}

/** What a transfer plans. */
export interface DataPlan extends Omit<Plan, "begin"> {
  /** Lines said together with the first word about the data connection, before it and behind. */
  readonly lead?: readonly Octets[];
  readonly more?: readonly Octets[];
  /** What is said once the data connection stands, if that is not 150 with these lines. */
  readonly opened?: (turn: Turn, how: Octets) => void;
  /** Nobody has said PASV or PORT. True: that was answered. */
  readonly none?: () => boolean;
  /** What a file's transfer measures. */
  readonly meter?: Meter;
  /** It was cut short: what is said. */
  readonly cut?: (turn: Turn, why: Cut) => void;
}

/** Why a transfer was cut short: the data connection broke, did not move, the client wished it, or the disk is full. */
export type Cut = "broken" | "stalled" | "aborted" | "full";

/** What the last reply to a file's transfer needs to know. */
export class Meter {
  /** Lines that wait for the next reply, whatever it is. */
  readonly pending: Octets[];
  bytes = 0;
  began = 0;
  /** The client has been listened to since. */
  heard = false;

  constructor(text: boolean) {
    this.pending = text ? ["Warning: client is in ASCII mode - Assuming data is plain text"] : [];
  }

  /** The lines that wait. */
  take(): Octets[] {
    return this.pending.splice(0);
  }

  /** The line about the speed. */
  speed({ now }: Turn): Octets[] {
    return rate(this.bytes, now - this.began);
  }
}

/** Begins a transfer, if PASV or PORT has been said: it never dials the client of its own accord. */
export function openData(turn: Turn, plan: DataPlan): void {
  const { session, env } = turn;
  const { lead = [], more = [], opened } = plan;
  const { active: to } = session;
  if (session.passivePort === 0 && to === null) {
    if (plan.none?.() !== true) tell(turn, 425, ...lead, "No data connection");
    return;
  }
  const transfer: Running = {
    ...plan,
    asked: turn.asked,
    stage: "connecting",
    instead: null,
    bytes: 0,
    begin(at) {
      at.timer("accept", false);
      if (plan.meter !== undefined) plan.meter.began = at.now;
      const how = to === null ? "Accepted data connection" : `Connecting to port ${to.port}`;
      if (opened === undefined) tell(at, 150, ...lead, how, ...more);
      else opened(at, how);
    },
    failed(at, why) {
      tell(at, 425, ...lead, `Could not open data connection to port ${to?.port ?? 0}: ${why}`);
    },
  };
  session.transfer = transfer;
  // Lines that came with this one wait for it; those that come later are looked at meanwhile.
  setCount(turn, "ahead", session.lines.length);
  turn.timer("idle", false);
  turn.timer("accept", true);
  // It dials from ftp-data, as RFC 959 §3.2 has it, and where that is taken from port 2 (observed).
  const ports = to === null ? {} : { ports: [20, 2] };
  turn.effects.push({ kind: "connect", to, from: env.client.address, ...ports });
}

/** What differs from the session's own way with a data connection. True: it was dealt with. */
export function dataInput(unasked: Turn, input: DataInput): boolean {
  const { session, env, effects, now } = unasked;
  const transfer = running(session);
  if (input.kind === "stirred" || input.kind === "stranger" || transfer === undefined) return true;
  const turn = new Turn(session, env, now, effects, transfer.asked);
  if (input.kind === "moved" && !input.whole && transfer.stage === "moving") {
    // The passive port stays open: only the data connection is closed.
    transfer.bytes = input.bytes;
    turn.timer("stalled", false);
    turn.abort(transfer.broken ?? transfer.done);
    return true;
  }
  if (input.kind !== "unconnected") return false;
  if (session.active === null) {
    // The client broke it off while it waited: it is accepted all the same, and then found broken.
    transfer.begin(turn);
    transfer.stage = "closing";
    transfer.instead = transfer.broken ?? transfer.done;
    effects.push({ kind: "finish" });
  } else {
    turn.timer("accept", false);
    session.transfer = null;
    turn.drop();
    transfer.failed(turn, input.why);
    turn.timer("idle", true);
  }
  return true;
}

/** A transfer of ours, which knows more about its end than the session needs. */
export interface Running extends Transfer, Pick<DataPlan, "meter" | "cut"> {
  /** The client's port did not answer. */
  readonly failed: (turn: Turn, why: string) => void;
}

/** The transfer that runs, or undefined. */
export function running({ transfer }: Session): Running | undefined {
  return transfer !== null && isOurs(transfer) ? transfer : undefined;
}

const isOurs = (transfer: Transfer): transfer is Running => "failed" in transfer;

/** ESTA and ESTP open the data connection to tell what its other end is. */
export function esta(turn: Turn): void {
  if (turn.session.active === null) return tell(turn, 520, NO_ACTIVE);
  // The real one dials from port 20.
  establish(turn, (at) => `Connected from (${ended(at.env.address, 20)})`);
}

export function estp(turn: Turn): void {
  if (turn.session.passivePort === 0) {
    return tell(turn, 520, "Unable to open a passive connection");
  }
  establish(turn, (at) => {
    const { address, port: number } = at.session.transfer?.peer ?? at.env.client;
    return `Connected to (${ended(address, number)})`;
  });
}

const ended = (address: string, number: number) =>
  `|${isIpv6(address) ? 2 : 1}|${address}|${number}|`;

function establish(turn: Turn, ends: (turn: Turn) => Octets): void {
  openData(turn, {
    name: "",
    polled: false,
    opened: (at, how) => tell(at, 225, how, ends(at)),
    stream: () => ({ next: () => undefined }),
    done: () => {},
  });
}
