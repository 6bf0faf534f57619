/** What is waited for, and why a dial came to nothing. */
import type { Connection } from "./connections.ts";
import { diagnosePort, portMistake } from "./pasv.ts";
import type { Band, DialEnd, Pending } from "./rung.ts";
import { bandKey, portKey } from "./rung-writer.ts";

/** Verbs that want a data connection. */
const TRANSFERS = new Set(["LIST", "NLST", "MLSD", "RETR", "STOR", "STOU", "APPE"]);

/**
 * What stands and will go on so until somebody does something. `owed` tells for a control
 * connection the verb whose answer is still to come, or undefined.
 */
export function pendingNow(
  connections: readonly Connection[],
  bands: readonly Band[],
  owed: (conn: number) => string | undefined,
): readonly Pending[] {
  const found: Pending[] = [];
  const listening = bands.filter((band) => band.dashed).map((band) => band.key);
  for (const connection of connections) {
    const { conn, role, state, to } = connection;
    const lane = bands.find((band) => band.key === bandKey(connection))?.lane ?? 0;
    const verb = owed(conn);
    if (state === "dialling" && !connection.back) {
      found.push({ wire: role, lane, text: `dialling ${to.address} port ${to.port}…` });
    } else if (state !== "open") {
      continue;
    } else if (role === "data" && listening.includes(portKey(to.port))) {
      found.push({ wire: role, lane, text: "open, silent: waiting for `LIST` on the blue line" });
    } else if (role === "control" && verb !== undefined && TRANSFERS.has(verb)) {
      if (listening.length > 0) {
        found.push({ wire: role, lane, text: `\`${verb}\` waits until somebody dials the port` });
      }
    }
  }
  return found;
}

/** A sentence on a dial that failed. `agreed` holds the two bytes of the newest 227; of a `riddle` not their sum. */
export function whyNobody(
  connection: Connection,
  end: DialEnd,
  agreed: { readonly hi: number; readonly lo: number } | undefined,
  riddle: boolean,
): string | undefined {
  const { to, role, back } = connection;
  if (back) {
    return "Nothing was agreed with `PASV`, so the server dialled the port you speak from. Your computer does not listen there.";
  }
  if (end === "timeout" || end === "no-route") return "No computer answers at this address.";
  if (to.port === 23) {
    return "Without a port, telnet dials 23, its own. FTP listens on 21: say the port too.";
  }
  if (role === "control") return undefined;
  if (role === "data") {
    return "The server listened there for one connection, and that is over. `PASV` gives a new port.";
  }
  if (!agreed) return "A data port opens only when `PASV` asks for one.";
  const { hi, lo } = agreed;
  return portMistake(diagnosePort(to.port, hi, lo), hi, lo, riddle);
}
