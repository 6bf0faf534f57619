/** A session on its own: inputs in, effects carried out on paper. For tests that need no network. */
import { fromBytes, type Octets, toBytes } from "../../src/sim/bytes.ts";
import type { FtpFact } from "../../src/sim/facts.ts";
import { buildTree, type Node, type Tree } from "../../src/sim/fs/tree.ts";
import type { Dialect } from "../../src/sim/ftp/dialect.ts";
import type { Effect, Input, TimerName } from "../../src/sim/ftp/effect.ts";
import { step } from "../../src/sim/ftp/session.ts";
import { createSession, type Env, type Session } from "../../src/sim/ftp/state.ts";
import { createChance } from "../../src/sim/net/chance.ts";
import { encodeReply } from "../../src/sim/protocol/reply.ts";
import type { FtpSetup, TreeEntry } from "../../src/sim/scenario.ts";

const file = (path: string, text: string, mode = "0644"): TreeEntry => ({
  path,
  type: "file",
  mode,
  mtime: 1_592_040_000,
  text,
});
const folder = (path: string, mode = "0755"): TreeEntry => ({
  path,
  type: "dir",
  mode,
  mtime: 1_592_040_000,
});

const setup: FtpSetup = {
  dialect: "proftpd",
  serverName: "EV",
  passive: { ports: [50_000, 50_100] },
  users: [{ name: "ftptest", password: "guestpass" }],
  timeouts: { login: 300, idle: 300, noTransfer: 600, stalled: 600, accept: 60 },
  owner: "ftptest",
  group: "ftptest",
  tree: [
    folder("/"),
    file("/readme.txt", "one\ntwo\n"),
    file("/secret.txt", "x", "0000"),
    folder("/pub"),
    file("/pub/a b.txt", "x\r\ny\n"),
    folder("/pub/sub"),
    folder("/locked", "0500"),
  ],
};

/** How the world answers what the session wants. Each number chooses one way. */
export type Luck = (below: number) => number;

/** A session and all that it did. */
export interface Bench {
  readonly dialect: Dialect;
  readonly session: Session;
  readonly tree: Tree;
  readonly facts: readonly FtpFact[];
  /** What was sent on the control connection. */
  readonly sent: Octets;
  /** Gives an input and does all that follows from it. */
  put(input: Input): void;
  /** The same for octets of the control connection. */
  say(octets: Octets): void;
}

/** A fresh session in a dialect. `luck` decides how dials, transfers and handshakes end; `address` is the server's. */
export function bench(
  dialect: Dialect,
  luck: Luck = () => 0,
  address = "203.0.113.21",
  client = "198.51.100.7",
): Bench {
  const tree = buildTree(setup.tree, "ftptest", "ftptest");
  const facts: FtpFact[] = [];
  const session = createSession(dialect);
  const env: Env = {
    id: 1,
    setup: { ...setup, dialect: "proftpd" },
    dialect,
    tree,
    address,
    port: 21,
    six: false,
    client: { address: client, port: 40_000 },
    record: (fact) => facts.push(fact),
    random: createChance(1),
    house: { connections: 1, users: 0, uploaded: 0, callers: new Map() },
    expire: () => {},
  };
  let sent = "";
  let now = 1_600_000_000_000;
  const waiting: Input[] = [];
  const armed = new Set<TimerName>();

  /** Puts what the world does about an effect at the end of what is to come. */
  function follow(effect: Effect): void {
    switch (effect.kind) {
      case "reply":
        sent += encodeReply(effect.reply);
        break;
      case "raw":
        sent += effect.octets;
        break;
      case "listen":
        waiting.push({ kind: "listening", port: luck(20) === 0 ? null : 50_000 + luck(100) });
        break;
      case "connect":
        if (luck(4) === 0) waiting.push({ kind: "unconnected", why: "Connection refused" });
        else waiting.push({ kind: "connected" });
        break;
      case "secure":
        waiting.push({ kind: "secured", ok: luck(3) > 0, resumed: luck(2) > 0 });
        break;
      case "send": {
        let bytes = 0;
        for (let piece; (piece = effect.stream.next(64)) !== undefined;) {
          if (effect.polls) waiting.push({ kind: "poll" });
          bytes += piece.length;
          if (luck(10) === 0) break;
        }
        waiting.push({ kind: "moved", whole: luck(4) > 0, bytes });
        break;
      }
      case "receive": {
        const pieces = luck(4);
        for (let i = 0; i < pieces; i++) {
          waiting.push({ kind: "chunk", bytes: toBytes("data\r\n".slice(luck(4))) });
          waiting.push({ kind: "poll" });
        }
        waiting.push({ kind: "moved", whole: luck(4) > 0, bytes: pieces * 3 });
        break;
      }
      case "finish":
        waiting.push({ kind: "finished" });
        break;
      case "timer":
        if (effect.milliseconds === null) armed.delete(effect.name);
        else armed.add(effect.name);
        // Delays end in their time; the clocks that close a session run out when a test says so.
        if (effect.name === "delay" && effect.milliseconds !== null) {
          waiting.push({ kind: "timer", name: "delay" });
        }
        break;
      case "start-tls":
        session.tls = "handshake";
        waiting.push({ kind: "tls", ok: luck(3) > 0 });
        break;
      default:
        break;
    }
  }

  function put(input: Input): void {
    waiting.push(input);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      // A clock runs out once, and only if it was wound.
      if (next.kind === "timer" && !armed.delete(next.name)) continue;
      for (const effect of step(session, next, env, ++now)) follow(effect);
    }
  }

  put({ kind: "begin" });
  return {
    dialect,
    session,
    tree,
    facts,
    get sent() {
      return sent;
    },
    put,
    say: (octets) => put({ kind: "bytes", bytes: toBytes(octets) }),
  };
}

/** Throws if the tree is none any more: a name, a parent or a child that does not fit. */
export function checkTree(tree: Tree): void {
  const seen = new Set<Node>();
  const walk = (node: Node): void => {
    if (seen.has(node)) throw new Error(`${node.name} stands in the tree twice`);
    seen.add(node);
    if (node.type !== "dir") return;
    for (const [name, child] of node.children) {
      if (child.name !== name || child.parent !== node || name === "" || name.includes("/")) {
        throw new Error(`${fromBytes(toBytes(name))} does not fit its place`);
      }
      walk(child);
    }
  };
  walk(tree.root);
}
