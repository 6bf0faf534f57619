/** What is waited for, and why a dial came to nothing. */
import { type Connection, isOwn } from "./connections.ts";
import { amount } from "./words.ts";
import { diagnosePort, portMistake } from "./pasv.ts";
import type { Band, DialEnd, Pending } from "./rung.ts";
import { bandKey, portKey } from "./rung-writer.ts";
import type { Talk } from "./talk.ts";

/** Verbs that want a data connection. */
export const TRANSFERS: ReadonlySet<string> = new Set([
  "LIST",
  "NLST",
  "MLSD",
  "RETR",
  "STOR",
  "STOU",
  "APPE",
]);

/**
 * What stands and will go on so until somebody does something. `talks` has the
 * conversation of a control connection, if there was any; `unread` for a data connection
 * how many bytes wait there to be taken up, and `bare` whether it is to be protected and is not.
 */
export function pendingNow(
  connections: readonly Connection[],
  bands: readonly Band[],
  talks: (conn: number) => Talk | undefined,
  unread: (conn: number) => number,
  bare: (connection: Connection) => boolean,
): readonly Pending[] {
  const found: Pending[] = [];
  const listening = bands.filter((band) => band.dashed && !band.side).map((band) => band.key);
  for (const connection of connections) {
    const { conn, role, state, to } = connection;
    const lane = bands.find((band) => band.key === bandKey(connection))?.lane ?? 0;
    const talk = talks(conn);
    const verb = talk?.owed[0];
    if (state === "dialling") {
      // A program that was ended has left its dial: its window has gone on to another.
      const { window } = connection;
      if (window && connections.some((one) => one.conn > conn && one.window === window)) continue;
      const text = connection.away
        ? `${connection.host} dials ${to.address} port ${to.port}…`
        : connection.back
          ? `the ${connection.client ? "client" : "server"} dials you, port ${to.port}…`
          : `dialling ${to.address} port ${to.port}…`;
      found.push({ wire: role, lane, text });
    } else if (role === "data" && listening.includes(portKey(to.port)) && unread(conn) > 0) {
      // A connection that was hung up in order keeps what it carries until somebody reads it.
      if (state !== "open" && state !== "closed") continue;
      const text = `${amount(unread(conn), 0)} wait until the server takes them up, with \`STOR\``;
      found.push({ wire: role, lane, text });
    } else if (state !== "open") {
      continue;
    } else if (role === "data" && connection.taken) {
      if (bare(connection)) {
        found.push({
          wire: role,
          lane,
          text: "open, silent: the server waits for a TLS handshake",
        });
      }
    } else if (role === "data" && listening.includes(portKey(to.port))) {
      found.push({ wire: role, lane, text: "open, silent: waiting for `LIST` on the blue line" });
    } else if (role === "control" && verb !== undefined && TRANSFERS.has(verb)) {
      const data = connections.findLast(
        (one) => one.role === "data" && one.taken && one.session === connection.session,
      );
      const dialled = data !== undefined && listening.includes(portKey(data.to.port));
      if (listening.length > 0 && !dialled) {
        found.push({ wire: role, lane, text: `\`${verb}\` waits until somebody dials the port` });
      } else if (data?.endedAt !== undefined && data.endedAt > (talk?.since ?? 0)) {
        found.push({ wire: role, lane, text: `\`${verb}\` waits for its last reply` });
      }
    }
  }
  return found;
}

/**
 * A sentence on a dial that failed. `agreed` holds the two bytes of the newest 227, of a `riddle`
 * not their sum; `asked` says that a PORT or EPRT named this port, `gone` why a data port is closed;
 * `others` are the connections beside it, `listens` the ports on which the learner waits.
 */
export function whyNobody(
  connection: Connection,
  end: DialEnd,
  agreed: { readonly hi: number; readonly lo: number } | undefined,
  riddle: boolean,
  more: {
    asked: boolean;
    gone: string | undefined;
    others: readonly Connection[];
    listens: readonly number[];
  },
): string | undefined {
  const { to, role, back } = connection;
  if (end === "port-taken" && more.others.some((one) => isTried(one, connection))) {
    return "An earlier call from this port to that one is still being tried. Another port works at once.";
  }
  if (end === "port-taken") {
    return "The last connection from this port to that one is not forgotten yet (TIME_WAIT, a minute). Another port works at once.";
  }
  if (connection.client) {
    return `A client believes the numbers it is told, and nobody listened on ${to.port}: \`nc -l ${to.port}\` in another window waits for one call.`;
  }
  if (isOwn(connection)) {
    return `\`nc -l ${to.port}\` in another window would.`;
  }
  if (back && more.asked) {
    if (end === "refused") {
      const elsewhere = more.listens.at(-1);
      if (elsewhere !== undefined) {
        return `The server did what your \`PORT\` asked for: it named ${to.port}, and you listen on ${elsewhere}.`;
      }
      return `The server did what your \`PORT\` asked for, and nobody listens on ${to.port}. \`nc -l ${to.port}\` in another window waits for one call.`;
    }
    return isPrivate(to.address)
      ? `${to.address} is an address of your own network. Out there it leads nowhere, and the server cannot know the one your NAT shows.`
      : "The server called the address that you named, and nobody answered there.";
  }
  if (back) {
    return "Nothing was agreed with `PASV` or `PORT`, so the server dialled the port you speak from. Your computer does not listen there.";
  }
  if (end === "timeout" || end === "no-route") {
    return isPrivate(to.address)
      ? `${to.address} is an address of somebody's own network, behind a NAT. From outside it leads nowhere.`
      : "No computer answers at this address.";
  }
  if (to.port === 23) {
    return "Without a port, telnet dials 23, its own. FTP listens on 21: say the port too.";
  }
  if (role === "control") return undefined;
  if (role === "data") return more.gone;
  if (!agreed) return "A data port opens only when `PASV` asks for one.";
  const { hi, lo } = agreed;
  return portMistake(diagnosePort(to.port, hi, lo), hi, lo, riddle);
}

/** Whether `one` is an earlier call between the ports of `other` that nobody has answered yet. */
function isTried(one: Connection, other: Connection): boolean {
  const ends = ({ from, to }: Connection) =>
    `${from.address} ${from.port} ${to.address} ${to.port}`;
  return one.conn < other.conn && one.state === "dialling" && ends(one) === ends(other);
}

/** Addresses that mean something at home alone (RFC 1918, and RFC 4193 for IPv6). */
export function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(address);
}
