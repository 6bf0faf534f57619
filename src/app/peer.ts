/** The other end of a window's connection, for its title bar. */
import { type Connection, isOwn } from "../explain/connections.ts";

/** Where a connection stands, in a few words: the middle ones stay where there is little room. */
export function peerText(connection: Connection | undefined): readonly string[] {
  if (connection === undefined) return ["", "no connection"];
  const { state, role, back, client, received, sent, closedBy } = connection;
  const far = back ? connection.from : connection.to;
  // Whoever was called knows the other by the door they came to: their own port says nothing.
  const port = back ? `called on ${connection.to.port}` : `port ${far.port}`;
  const place = `${far.address} ${port}`;
  if (state === "dialling") return ["", `dialling ${place}`];
  if (state === "open") {
    if (role === "control") return ["", place];
    const moved = received > 0 ? bytes(received) : sent > 0 ? `${bytes(sent)} sent` : "silent";
    return [`${far.address} `, `${port}, ${moved}`];
  }
  if (state === "closed" || state === "reset") {
    const other = client ? "the client" : isOwn(connection) ? "the other side" : "the server";
    const who = (closedBy === "dialler") === back ? other : "you";
    const count = received || sent;
    const after = role === "data" && count > 0 ? ` after ${bytes(count)}` : "";
    return ["", `${port}, ${state} by ${who}`, after];
  }
  const told =
    connection.stopped?.how === "unreachable"
      ? "turned away"
      : connection.givenUp === true
        ? "given up"
        : "no answer";
  return ["", `${place}, ${state === "refused" ? "refused" : told}`];
}

function bytes(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "byte" : "bytes"}`;
}
