/** Who stands at the other end of the picture. */
import { type Connection, isOwn, isTalk } from "./connections.ts";

/** What is written there, and the connection it is about, if it is one. */
export interface FarEnd {
  readonly name: string;
  readonly below: string;
  readonly connection: Connection | undefined;
}

/** The newest one that is talked to, or was; two, where two are talked to at once. */
export function farEnd(
  connections: readonly Connection[],
  nameOf: (address: string) => string,
): FarEnd {
  const talks = connections.filter(isTalk);
  const servers = new Set(talks.filter(({ back }) => !back).map(({ to }) => to.address));
  const last = connections.at(-1);
  // Who is done with talking may talk to themselves.
  const self = talks.length === 0 && last !== undefined && isOwn(last);
  const control = connections.findLast(({ role }) => role === "control");
  const connection = self ? last : (talks.at(-1) ?? control);
  if (servers.size > 1) {
    const names = [...servers].map(nameOf).join(", ");
    return {
      name: `${servers.size === 2 ? "Two" : servers.size} servers`,
      below: names,
      connection,
    };
  }
  if (!connection) return { name: "The server", below: "not dialled yet", connection };
  const { address } = connection.back ? connection.from : connection.to;
  const name = self ? "Your computer itself" : connection.client ? "A client" : nameOf(address);
  return { name, below: address, connection };
}
