/** Plays an example in a little world of its own, with whichever server is asked for. */
import { notationReader } from "../../explain/notation.ts";
import { findHostPort } from "../../explain/pasv.ts";
import { utf8Decode } from "../../sim/bytes.ts";
import { dialects } from "../../sim/ftp/dialects/all.ts";
import type { DialectName, Scenario } from "../../sim/scenario.ts";
import { createWorld, type World } from "../../sim/world.ts";
import type { Example } from "./examples.ts";

/** The servers that an example can be tried with. */
export const SERVERS: readonly (readonly [name: DialectName, title: string])[] = [
  ["proftpd", "ProFTPD"],
  ["vsftpd", "vsftpd"],
  ["pure-ftpd", "Pure-FTPd"],
  ["pyftpdlib", "pyftpdlib"],
  ["rfc", "The RFC to the letter"],
];

/** A line of what was seen: entered by you, said by the server, come as data, or told by a program. */
export interface Seen {
  readonly kind: "you" | "reply" | "data" | "event";
  readonly window: number;
  readonly text: string;
}

/** A world in which an example is played. */
export interface Play {
  /** What was seen so far, oldest first. */
  readonly seen: readonly Seen[];
  /** What the server said to the last line that was said to it. */
  readonly answer: readonly string[];
  /** Types one line of the notation. */
  type(line: string): void;
}

/** Begins a play: the server has been dialled and, with `login`, spoken to. */
export function play(dialect: DialectName, { lines, login }: Example): Play {
  const world = createWorld(scenario(dialect), { dialects });
  const made = reading(world);
  made.type("1$ telnet files.example.net 21");
  if (login) for (const line of ["1> USER ftptest", "1> PASS guestpass"]) made.type(line);
  for (const line of lines) made.type(line);
  return made;
}

function reading(world: World): Play {
  const reader = notationReader();
  const seen: Seen[] = [];
  let answer: string[] = [];
  let port = "";
  let told = 0;
  let next = 0;

  function read(): void {
    const { facts } = world.trace;
    reader.read(facts);
    for (; told < reader.events.length; told++) {
      const event = reader.events[told];
      if (!event || event.kind === "dial") continue;
      const { window = 1, line = "", kind } = event;
      if (kind === "run") seen.push({ kind: "you", window, text: `$ ${line}` });
      else if (kind === "line") {
        if (event.control === true) answer = [];
        seen.push({ kind: "you", window, text: line });
      } else if (kind === "reply") {
        answer.push(line);
        seen.push({ kind: "reply", window, text: line });
        const [, bare] = /\(\|\|\|(\d+)\|\)/.exec(line) ?? [];
        const named = line.startsWith("227") ? findHostPort(line)?.port : bare;
        if (named !== undefined) port = String(named);
      } else if (kind !== "prompt") {
        if (kind === "received") addData(window);
        seen.push({ kind: "event", window, text: eventWords(event.text) });
      }
    }
  }

  /** The text that a window has shown of its data connection since it was last asked. */
  function addData(window: number): void {
    const { facts } = world.trace;
    const bytes = facts
      .slice(next)
      .flatMap((fact) =>
        fact.kind === "print" && fact.window === window && fact.who === "server"
          ? [...fact.bytes]
          : [],
      );
    next = facts.length;
    const text = utf8Decode(String.fromCharCode(...bytes.slice(0, 4000)));
    const lines = text.split(/\r?\n/).filter((line) => line !== "");
    for (const line of lines.slice(0, 8)) seen.push({ kind: "data", window, text: line });
    if (lines.length > 8) seen.push({ kind: "data", window, text: "…" });
  }

  return {
    seen,
    get answer() {
      return answer;
    },
    type(line) {
      const [, window = "1", text = line] = /^(\d)[>$] (.*)$/.exec(line) ?? [];
      const typed = text.replace("{port}", port);
      const keys = typed === "^]" ? "\x1d" : `${typed}\r`;
      for (const key of keys) world.feed({ kind: "key", window: Number(window), text: key });
      world.settle();
      read();
    },
  };
}

/** `2: closed :50000 by server` in words. */
function eventWords(text: string): string {
  return text
    .replace(/^\w+: /, "")
    .replace(/ :(\d+)/, " (port $1)")
    .replace(/^(received|lost) (\d+)$/, "$1 $2 bytes");
}

function scenario(dialect: DialectName): Scenario {
  const dir = (path: string) => ({ path, type: "dir", mode: "0755", mtime: 1592041300 }) as const;
  return {
    name: "reference",
    title: "A server to try things on",
    begins: "2020-07-01T17:42:00Z",
    seed: 21,
    learner: { name: "your computer", address: "198.51.100.7" },
    latency: 10,
    bandwidth: 1e6,
    hosts: [
      {
        names: ["files.example.net"],
        addresses: ["203.0.113.21"],
        ftp: {
          dialect,
          serverName: "Files",
          passive: { ports: [49152, 65534] },
          users: [{ name: "ftptest", password: "guestpass" }],
          tls: "offered",
          owner: "ftptest",
          group: "ftptest",
          tree: [
            dir("/"),
            {
              path: "/readme.txt",
              type: "file",
              mode: "0644",
              mtime: 1592040000,
              text: "Welcome to the FTP practice server.\nThis file has two lines.\n",
            },
            dir("/empty"),
            dir("/pub"),
            {
              path: "/pub/big.txt",
              type: "file",
              mode: "0644",
              mtime: 1592040600,
              generate: { kind: "lines", size: 4194304 },
            },
          ],
        },
      },
    ],
  };
}
