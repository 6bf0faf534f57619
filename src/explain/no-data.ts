/** Why the server answered 425: what came before it in the ladder tells, or its own words. */
import type { Rung } from "./rung.ts";

/** A sentence on a 425, or nothing where the reply is another or nothing more is known. */
export function whyNoData(rung: Rung, rungs: readonly Rung[]): string | undefined {
  if (rung.tells.kind !== "reply" || rung.tells.code !== 425) return undefined;
  for (let id = rungs.indexOf(rung) - 1; id >= 0; id--) {
    const before = rungs[id];
    // Only what followed the command counts.
    if (before === undefined || (before.tells.kind === "command" && before.conn === rung.conn)) {
      break;
    }
    const { tells } = before;
    if (tells.kind === "dial" && tells.end !== "open" && (tells.back || tells.away !== undefined)) {
      return before.note;
    }
  }
  const words = rung.tells.lines.join(" ");
  if (/operation not permitted/i.test(words)) {
    return "The data connection stood, and its handshake went well. But it had not taken up the TLS session of the control connection, so the server could not tell whose it was, and broke it off.";
  }
  if (/bad ip|foreign address/i.test(words)) {
    return "Somebody had dialled the port from another address than yours. The server sent them away.";
  }
  if (/port or pasv/i.test(words)) return "Nothing was agreed: say `PASV` or `PORT` first.";
  return undefined;
}
