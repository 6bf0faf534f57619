/**
 * `npm run bench`: our server on loopback beside Node's own limit and the servers found on this
 * machine. Each operation goes round all of them, several times, so that a disturbance meets all;
 * only ratios of one run count. The goals are held against the medians.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { noops, pipelined, Session } from "./client.ts";
import { GOALS } from "./goals.ts";
import { makeHome, STARTERS, type Target } from "./targets.ts";

/** Measures one thing at one server. */
type Operation = (target: Target) => Promise<number>;

const MIB = 1_048_576;
const UPLOAD = 256 * MIB;
const IDLE = 200;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "NOOP in sequence, /s": async ({ port }) => {
    const session = await Session.logIn(port);
    const { rate } = await noops(session, 800);
    session.close();
    return rate;
  },
  "1000 NOOPs in one write, /s": async ({ port }) => {
    const session = await Session.logIn(port);
    const rate = await pipelined(session, 1000, 800);
    session.close();
    return rate;
  },
  "login + QUIT, /s": ({ port }) =>
    perSecond(async () => {
      const session = await Session.logIn(port);
      await session.quit();
      session.close();
    }),
  "PASV + RETR 1 KiB, /s": async ({ port }) => {
    const session = await binary(port);
    const rate = await perSecond(async () => {
      const { bytes } = await session.fetch("RETR small.bin");
      if (bytes !== 1024) throw new Error(`${bytes} bytes came instead of 1024`);
    });
    session.close();
    return rate;
  },
  "RETR 1 GiB, MB/s": async ({ port }) => {
    const session = await binary(port);
    const { bytes, last } = await session.fetch("RETR big.bin");
    if (bytes !== 2 ** 30) throw new Error(`${bytes} bytes came`);
    session.close();
    return bytes / 1000 / last;
  },
  "STOR 256 MiB, MB/s": async ({ port }) => {
    const session = await binary(port);
    const data = await session.passive();
    const piece = Buffer.alloc(262_144);
    const begun = performance.now();
    await session.ask(`STOR up/put-${Math.floor(begun)}.bin`, "1");
    const over = session.expect("226");
    await new Promise<void>((resolve) => {
      let left = UPLOAD;
      const pump = () => {
        while (left > 0) {
          left -= piece.length;
          if (!data.write(piece)) {
            data.once("drain", pump);
            return;
          }
        }
        data.end(resolve);
      };
      pump();
    });
    await over;
    const rate = UPLOAD / 1000 / (performance.now() - begun);
    data.destroy();
    session.close();
    return rate;
  },
  "LIST of 100,000: first byte, ms": async ({ port }) => (await list(port)).first,
  "LIST of 100,000: last byte, ms": async ({ port }) => (await list(port)).last,
  "another's NOOP during RETR, longest ms": ({ port }) => meanwhile(port, "RETR big.bin"),
  "another's NOOP during LIST, longest ms": ({ port }) => meanwhile(port, "LIST many"),
  "an idle session, KiB": async ({ port, process: child, single }) => {
    if (!single) return Number.NaN;
    const before = memory(child.pid);
    const sessions: Session[] = [];
    for (let i = 0; i < IDLE * 5; i++) sessions.push(await Session.logIn(port));
    const after = memory(child.pid);
    for (const session of sessions) session.close();
    return (after - before) / sessions.length;
  },
};

/** Runs the bench; the exit status is 0 whatever comes of it, but for wrong answers. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string", default: "5" },
      only: { type: "string", default: "" },
      targets: { type: "string", default: Object.keys(STARTERS).join(",") },
    },
  });
  const work = mkdtempSync(join(tmpdir(), "port21-bench-"));
  const home = join(work, "home");
  execFileSync("chmod", ["755", work]);
  const targets: Target[] = [];
  try {
    const wanted = values.targets.split(",");
    if (wanted.some((name) => name !== "ours" && name !== "raw")) makeHome(home);
    for (const name of wanted) {
      const target = await STARTERS[name]?.(home, work);
      if (target !== undefined) targets.push(target);
    }
    const absent = wanted.filter((name) => targets.every((target) => target.name !== name));
    if (absent.length > 0)
      console.error(`not here, and so not compared with: ${absent.join(", ")}`);
    const names = Object.keys(OPERATIONS).filter((name) => name.includes(values.only));
    const results = new Map<string, Map<string, number>>();
    for (const name of names) {
      results.set(name, await measure(name, targets, Number(values.rounds)));
      console.error(`measured: ${name}`);
    }
    console.log(table(results, targets));
    return 0;
  } finally {
    for (const { process: child } of targets) child.kill("SIGTERM");
    rmSync(work, { recursive: true, force: true });
  }
}

/** The median of each target, all in turn, round by round. */
async function measure(
  name: string,
  targets: readonly Target[],
  rounds: number,
): Promise<Map<string, number>> {
  const operation = OPERATIONS[name]!;
  const figures = new Map(targets.map((target) => [target.name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const target of targets) {
      const figure = await operation(target).catch((error: unknown) => {
        console.error(`${target.name}, ${name}: ${String(error)}`);
        return Number.NaN;
      });
      figures.get(target.name)!.push(figure);
    }
  }
  return new Map([...figures].map(([target, taken]) => [target, median(taken)]));
}

function table(results: Map<string, Map<string, number>>, targets: readonly Target[]): string {
  const names = targets.map(({ name }) => name);
  const rows = [["", ...names, "goal", "reached"]];
  for (const [operation, figures] of results) {
    const goal = GOALS[operation];
    const verdict = goal?.verdict((name) => figures.get(name) ?? Number.NaN) ?? "";
    rows.push([
      operation,
      ...names.map((name) => show(figures.get(name))),
      goal?.words ?? "",
      verdict,
    ]);
  }
  const [head = [], ...body] = rows.map((row) => `| ${row.join(" | ")} |`);
  return [head, `|${rows[0]!.map(() => "---").join("|")}|`, ...body].join("\n");
}

function show(figure = Number.NaN): string {
  if (Number.isNaN(figure)) return "–";
  return figure >= 100 ? Math.round(figure).toLocaleString("en") : figure.toFixed(1);
}

function median(figures: readonly number[]): number {
  const sorted = figures.filter((figure) => !Number.isNaN(figure)).toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

async function perSecond(once: () => Promise<void>, milliseconds = 800): Promise<number> {
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < milliseconds) {
    await once();
    count++;
  }
  return (count * 1000) / (performance.now() - begun);
}

async function binary(port: number): Promise<Session> {
  const session = await Session.logIn(port);
  await session.ask("TYPE I", "200");
  return session;
}

async function list(port: number): Promise<{ first: number; last: number }> {
  const session = await binary(port);
  const { bytes, first, last } = await session.fetch("LIST many");
  if (bytes < 5_000_000) throw new Error(`only ${bytes} bytes came`);
  session.close();
  return { first, last };
}

/** The longest wait of a second session's NOOP while the first transfers. */
async function meanwhile(port: number, line: string): Promise<number> {
  const first = await binary(port);
  const second = await Session.logIn(port);
  let over = false;
  const transfer = first.fetch(line).finally(() => (over = true));
  const { longest } = await noops(second, 60_000, () => !over);
  await transfer;
  first.close();
  second.close();
  return longest;
}

/** Resident memory of a process, in KiB. */
function memory(pid = 0): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
