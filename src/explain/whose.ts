/** Whose a rung is, where more than one could be meant. */
import { type Connection, isOwn, isTalk } from "./connections.ts";

/** When more is to be said than else: whom one dials, who is the last to be hung up, and where bytes are lost. */
export type Moment = "dial" | "close" | "lost";

/** The address at the other end of the learner's, as it is seen there: a NAT may have changed the caller's. */
export function farAddress({ back, from, to, outside }: Connection): string {
  return back ? (outside?.from ?? from).address : to.address;
}

/** "files.example.net", "on your-laptop", both, or nothing: `home` and `main` need no name. */
export function whose(
  connection: Connection,
  about: {
    readonly connections: readonly Connection[];
    readonly names: ReadonlyMap<string, string>;
    /** The computer of the first window, and the server that was talked to first. */
    readonly home: string | undefined;
    readonly main: string | undefined;
  },
  moment?: Moment,
): string | undefined {
  const { role, back, host } = connection;
  const { connections, names, home, main } = about;
  if (isOwn(connection)) return "on your own computer";
  const there = farAddress(connection);
  const other = connections.some(
    (one) =>
      !one.back &&
      one.to.address !== there &&
      (isTalk(one) || (moment === "close" && wasBeside(one, connection))),
  );
  const elsewhere = moment === "dial" && there !== main;
  const named = role === "other" ? elsewhere && main !== undefined : other || elsewhere;
  const parts = [
    named ? (names.get(there) ?? there) : undefined,
    back || host === home ? undefined : `on ${host}`,
  ];
  return parts.filter((part) => part !== undefined).join(", ") || undefined;
}

/** Whether a talk that is over went on while the other did. */
function wasBeside(one: Connection, { openedAt = 0 }: Connection): boolean {
  return one.role === "control" && one.openedAt !== undefined && (one.endedAt ?? 0) > openedAt;
}
