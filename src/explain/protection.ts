/** Which connections speak TLS, and which of them are to and do not. */
import type { Fact } from "../sim/facts.ts";
import type { Connection } from "./connections.ts";

/** Keeps account of it, fact by fact. */
export function protectionBook() {
  /** Connections that speak TLS now, and sessions whose data connections are to. */
  const secret = new Set<number>();
  const shielded = new Set<number>();
  /** By session: what the newest command was, and to what. */
  const asked = new Map<number, Fact & { kind: "command" }>();

  const agreed = ({ session, code }: Fact & { kind: "reply" }): void => {
    const { verb, argument } = asked.get(session) ?? {};
    if (verb === "PROT" && code === 200) {
      if (argument?.toUpperCase() === "C") shielded.delete(session);
      else shielded.add(session);
    } else if (verb === "REIN" && code < 300) shielded.delete(session);
  };

  return {
    read(fact: Fact): void {
      if (fact.kind === "command") asked.set(fact.session, fact);
      else if (fact.kind === "reply") agreed(fact);
      else if (fact.kind === "tls" && fact.on) secret.add(fact.conn);
      else if (fact.kind === "tls") secret.delete(fact.conn);
    },
    isSecret: (conn: number) => secret.has(conn),
    /** A data connection that is to speak TLS and has not begun to. */
    isBare: ({ conn, session = 0 }: Connection) => shielded.has(session) && !secret.has(conn),
  };
}
