/** What a person does in the scenarios' windows: the keys of a login, of PASV, of a dial; and what is seen then. */
import { play, type Play } from "../play.ts";

/** The server that most scenarios are about. */
export const FILES = "files.example.net";

/** Longer than Linux tries to reach somebody who does not answer (127 s). */
const LONG = 140_000;
/** Long enough for everything that comes at once. */
const SHORT = 3000;

/** A world of this scenario in which some of its boxes and faults are switched. */
export function world(name: string, switches: Readonly<Record<string, boolean>> = {}): Play {
  const session = play(name);
  for (const [id, on] of Object.entries(switches)) session.world.feed({ kind: "switch", id, on });
  return session;
}

/** Types a line and waits three seconds, or as long as is said; gives what the window shows since. */
export function say(session: Play, window: number, line: string, milliseconds = SHORT): string {
  session.shown(window);
  session.keys(window, `${line}\r`);
  session.world.advance(session.world.now + milliseconds);
  return session.shown(window);
}

/** Types a line and waits until the window shows what is meant, or for as long as anybody would. */
export function sayUntil(session: Play, window: number, line: string, end: RegExp): string {
  let shown = say(session, window, line, 0);
  for (let waited = 0; waited < LONG && !end.test(shown); waited += 500) {
    session.world.advance(session.world.now + 500);
    shown += session.shown(window);
  }
  session.world.advance(session.world.now + SHORT);
  return shown + session.shown(window);
}

/** Dials in a window until the connection stands or the prompt is back. */
export function dial(session: Play, window: number, host: string, port: number | string): string {
  return sayUntil(session, window, `telnet ${host} ${port}`, /Escape character is|\$ $/);
}

/** Dials a server in a window and logs in. */
export function login(session: Play, host = FILES, window = 1): void {
  dial(session, window, host, 21);
  say(session, window, "USER ftptest");
  say(session, window, "PASS guestpass");
}

/** The address and the port of a 227, as they stand on the screen. */
export function agreed(screen: string): { address: string; port: number } {
  const [, address = "", high, low] = /^227 .*?((?:\d+,){4})(\d+),(\d+)/m.exec(screen) ?? [];
  return {
    address: address.slice(0, -1).replaceAll(",", "."),
    port: Number(high) * 256 + Number(low),
  };
}

/** Says PASV in window 1 and dials, in window 2, what 227 says; gives what window 2 shows. */
export function pasv(session: Play): string {
  const { address, port } = agreed(say(session, 1, "PASV"));
  return dial(session, 2, address, port);
}

/** The same with EPSV, which names no address: the name that window 1 has dialled is dialled again. */
export function epsv(session: Play, host = FILES): string {
  const port = /\|\|\|(\d+)\|/.exec(say(session, 1, "EPSV"))?.[1];
  return dial(session, 2, host, port ?? 0);
}

/** The address that window 1's computer dials from, as `ip addr` shows it. */
export function mine(session: Play): string {
  return session.facts("dial")[0]!.from.address;
}

/** Listens in window 2 and says PORT in window 1; gives the reply. */
export function activePort(session: Play, number = 50_000, address = mine(session)): string {
  say(session, 2, `nc -l ${number}`);
  return say(session, 1, `PORT ${address.replaceAll(".", ",")},${number >> 8},${number & 255}`);
}

/** Fetches a file or a list over the data connection that stands; gives what both windows show. */
export function fetch(
  session: Play,
  command = "RETR readme.txt",
): { replies: string; data: string } {
  session.shown(2);
  const replies = sayUntil(session, 1, command, /^[2-5]\d\d /m);
  return { replies, data: session.shown(2) };
}

/** What a connection that stands looks like, and what the ways of failing look like, in telnet. */
export const CONNECTED = "Escape character is '^]'.";
export const REFUSED = "Connection refused";
export const TIMED_OUT = "Connection timed out";
export const NO_ROUTE = "No route to host";
export const README = "This file has three lines of text";
