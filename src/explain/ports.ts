/** The ports that are listened on: their rungs, and the dashed bands that tell how long. */
import type { Fact } from "../sim/facts.ts";
import { type Connection, isTalk } from "./connections.ts";
import { bandKey, portKey, type RungWriter } from "./rung-writer.ts";
import type { Band } from "./rung.ts";

type FactOf<K extends Fact["kind"]> = Fact & { kind: K };

/** Writes them. With `riddle` no port of a server is named. */
export function portWriter(
  writer: RungWriter,
  push: RungWriter["push"],
  connections: readonly Connection[],
  riddle: boolean,
) {
  /** The ports that each session has opened, each with the command that did. */
  const opened = new Map<number, { readonly port: number; readonly verb: string }[]>();
  return {
    /** A session listens for a data connection, as `verb` asked; `whose` it is, if that needs saying. */
    passive({ session, port }: FactOf<"passive">, verb: string, whose: string | undefined): void {
      const key = portKey(port);
      opened.set(session, [...(opened.get(session) ?? []), { port, verb }]);
      const ended = Number(writer.fading.at(-1)?.split(" ")[1] ?? 0);
      const begins = writer.band(key, "data", true);
      const named = riddle ? undefined : port;
      push(
        undefined,
        "none",
        { kind: "listening", port: named, ended, yours: false },
        { wire: "data", begins, whose },
      );
    },
    /** A program of the learner waits to be called. While nobody is talked to, nobody knows what for. */
    listen({ port }: FactOf<"listen">): void {
      const talk = connections.findLast(isTalk);
      const wire = talk ? "data" : "other";
      const first = writer.bands.some(({ lane }) => lane === 0) ? undefined : 0;
      const band = writer.band(portKey(port, true), wire, true, talk ? undefined : first);
      const tell = talk && { tell: talk.client ? "227" : "PORT" };
      push(
        undefined,
        "none",
        { kind: "listening", port, ended: 0, yours: true, ...tell },
        { wire, begins: { ...band, side: "you" } },
      );
    },
    /** The band of a connection that comes to stand: the first to a port stands in that port's own lane. */
    called(connection: Connection): Band {
      const { to, role, back } = connection;
      const { bands } = writer;
      const port = bands.find(({ key }) => key === portKey(to.port, back));
      const alone = port && !bands.some((band) => band !== port && band.lane === port.lane);
      // What listened for nobody knew what has been called, and is what the caller makes of it.
      const same = port?.wire === role;
      if (port && !same) writer.fade(port.key);
      return writer.band(bandKey(connection), role, false, alone && same ? port.lane : undefined);
    },
    /** A conversation is over, and nobody is left to be told of its ports: the server may be slow to hear of it. */
    over({ role, session = 0 }: Connection): void {
      if (role !== "control") return;
      for (const { port } of opened.get(session) ?? []) writer.fade(portKey(port));
    },
    /** Why nobody listens any more where this connection was to go. */
    gone({ to, session = 0 }: Connection): string | undefined {
      const all = opened.get(session) ?? [];
      const at = all.findLastIndex(({ port }) => port === to.port);
      const newest = all.at(-1);
      if (at < 0 || !newest) return undefined;
      const taken = connections.some(
        (one) => one.session === session && one.to.port === to.port && one.taken,
      );
      if (taken) {
        return `The server listened there for one connection, and that is over. \`${newest.verb}\` gives a new port.`;
      }
      return at < all.length - 1
        ? `A newer \`${newest.verb}\` has taken its place.`
        : `The server listens there no more. \`${newest.verb}\` gives a new port.`;
    },
  };
}
