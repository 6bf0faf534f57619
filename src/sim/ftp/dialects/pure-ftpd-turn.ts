/** What Pure-FTPd's handlers share: how it replies, who asks, how long things took. */
import type { Octets } from "../../bytes.ts";
import type { Person } from "../../fs/tree.ts";
import { encodeReply } from "../../protocol/reply.ts";
import type { Turn } from "../state.ts";

/** Replies with these lines, the code before each. */
export function tell(turn: Turn, code: number, ...lines: readonly Octets[]): void {
  turn.session.notes.set("code", String(code));
  const reply = { code, lines, layout: "dashed" } as const;
  if (lines.every(({ length }) => length + 6 <= LONGEST)) return turn.send(reply);
  // A line that does not fit into its buffer is cut, line end and all.
  const octets = encodeReply(reply).replace(/[^\n]+\n/g, (line) => line.slice(0, LONGEST));
  turn.effects.push({ kind: "raw", octets });
  turn.env.record({ kind: "reply", session: turn.env.id, command: turn.asked.number, code, lines });
}

/** PATH_MAX and 50, less the NUL. */
const LONGEST = 4145;

/** A number that the session remembers under `name`. */
export const count = (turn: Turn, name: string) => Number(turn.session.notes.get(name) ?? 0);

/** Remembers it. */
export function setCount(turn: Turn, name: string, value: number): void {
  turn.session.notes.set(name, String(value));
}

/** Whether the client came in without a password. */
export function isGuest({ session: { login } }: Turn): boolean {
  return login.stage === "in" && login.anonymous;
}

/** Who writes: in a set-up that is read-only, somebody to whom nothing is given. */
export function writer(turn: Turn): Person {
  return turn.env.setup.readOnly === true ? { user: "\0", group: "\0" } : turn.person;
}

/** The numbers of a user and of a group, as `ls -n` shows them. */
export function numbers(turn: Turn, owner: string, group: string): readonly [number, number] {
  const { setup } = turn.env;
  const { owner: user = "ftp", group: users = "ftp", uid = 3100, gid = 3100 } = setup;
  return [
    KNOWN[owner]?.[0] ?? (owner === user ? uid : 65_534),
    KNOWN[group]?.[1] ?? (group === users ? gid : 65_534),
  ];
}

/** Debian's own: the user and the group of each name. */
const KNOWN: Readonly<Record<string, readonly [number, number]>> = {
  root: [0, 0],
  ftp: [104, 65_534],
  nogroup: [65_534, 65_534],
};

/** `0.041 seconds (measured here), 342.42 bytes per second`: nothing if nothing was moved. */
export function rate(bytes: number, milliseconds: number): Octets[] {
  // Real ones take at least some microseconds; on the virtual clock no time may have passed.
  const seconds = Math.max(milliseconds, 0.1) / 1000;
  const speed = bytes / seconds;
  const [unit, size] =
    speed > 524_288
      ? ["Mbytes", 1_048_576]
      : speed > 512
        ? ["Kbytes", 1024]
        : (["bytes", 1] as const);
  if (speed <= 0.1) return [];
  return [
    `${seconds.toFixed(3)} seconds (measured here), ${(speed / size).toFixed(2)} ${unit} per second`,
  ];
}
