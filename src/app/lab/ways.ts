/**
 * The three ways of agreeing on a data connection, each played from the login to the list, as a
 * client would: the answers are read, and what they say is dialled.
 */
import { connectionReader } from "../../explain/connections.ts";
import { ladderReader } from "../../explain/ladder.ts";
import { failure } from "../../explain/words.ts";
import type { Rung, Telling } from "../../explain/rung.ts";
import type { HostSetup, Scenario } from "../../sim/scenario.ts";
import { AFTERWARDS, freshWorld, type Played, type Switches } from "./replay.ts";

/** How a data connection is agreed on. */
export type Way = "PASV" | "PORT" | "EPSV";

/** All of them, with what each means. */
export const WAYS: readonly { readonly way: Way; readonly about: string }[] = [
  { way: "PASV", about: "the server names address and port, you dial" },
  { way: "PORT", about: "you listen with nc, the server dials you" },
  { way: "EPSV", about: "the server names a port alone, you dial" },
];

/** What came of one. */
export interface Outcome extends Played {
  readonly way: Way;
  readonly worked: boolean;
  /** The last code of the server, 0 if it never spoke. */
  readonly code: number;
  /** In a few words. */
  readonly fate: string;
  /** The id of the box or fault that stopped it. */
  readonly stoppedBy: string | undefined;
  readonly stoppedHow: "dropped" | "reset" | "unreachable" | undefined;
}

/** How long an answer is awaited before the next line is typed, in milliseconds. */
const PATIENCE = 3_000;
/** Where the learner listens for PORT. */
const LISTEN = 50_000;

/** Plays `way` against `host` in a new world. */
export function playWay(
  scenario: Scenario,
  switches: Switches,
  host: HostSetup,
  way: Way,
): Outcome {
  const { world, feed, played } = freshWorld(scenario, switches);
  const { facts } = world.trace;
  const ladder = ladderReader();
  const [first, second] = windowsOfLearner();
  const type = (window: number, line: string, limit = PATIENCE): void => {
    for (const text of `${line}\r`) feed({ kind: "key", window, text });
    world.settle(limit);
    ladder.read(facts);
  };
  const heard = (code: number): (Rung & { tells: Telling & { kind: "reply" } }) | undefined => {
    const last = ladder.rungs.findLast(({ tells }) => tells.kind === "reply");
    return last?.tells.kind === "reply" && last.tells.code === code
      ? { ...last, tells: last.tells }
      : undefined;
  };
  const { names, ftp } = host;
  const [name = ""] = names;
  const [user] = ftp?.users ?? [];

  type(first, `telnet ${name} ${ftp?.port ?? 21}`, AFTERWARDS / 2);
  if (heard(220)) {
    type(first, `USER ${user?.name ?? "anonymous"}`);
    type(first, `PASS ${user?.password ?? "guest@"}`);
    if (heard(230) && agree()) type(first, "LIST", AFTERWARDS);
  }
  world.settle(AFTERWARDS);
  ladder.read(facts);
  return outcome();

  /** Agrees on a data connection; false if the server would not. */
  function agree(): boolean {
    if (way === "PORT") {
      type(second, `nc -l ${LISTEN}`);
      // As `ip addr` would say it: switched off, a NAT leaves its address to the computer itself.
      const dialled = facts.find((fact) => fact.kind === "dial");
      const { address } = dialled?.from ?? scenario.learner;
      const numbers = address.replaceAll(".", ",");
      type(first, `PORT ${numbers},${LISTEN >> 8},${LISTEN & 255}`);
      return heard(200) !== undefined;
    }
    type(first, way);
    if (way === "PASV") {
      const hostPort = heard(227)?.tells.hostPort;
      if (hostPort) {
        type(second, `telnet ${hostPort.numbers.slice(0, 4).join(".")} ${hostPort.port}`);
      }
      return hostPort !== undefined;
    }
    const port = /\|(\d+)\|\)/.exec(heard(229)?.tells.lines.join(" ") ?? "")?.[1];
    if (port !== undefined) type(second, `telnet ${name} ${port}`);
    return port !== undefined;
  }

  function outcome(): Outcome {
    const connections = connectionReader();
    connections.read(facts);
    const data = connections.list.findLast(({ role }) => role === "data");
    const control = connections.list.find(({ role }) => role === "control");
    const replies = ladder.rungs.flatMap(({ tells }) => (tells.kind === "reply" ? [tells] : []));
    const last = replies.findLast(({ code, verb }) => code > 0 && verb !== "" && code !== 421);
    const code = last?.code ?? replies.at(-1)?.code ?? 0;
    const received = data?.received ?? 0;
    const worked = code === 226 && received > 0;
    const { stopped } = data ?? control ?? {};
    return {
      ...played(),
      way,
      worked,
      code,
      stoppedBy: stopped?.box,
      stoppedHow: stopped?.how,
      fate: worked ? `worked: ${received.toLocaleString("en")} bytes` : fateOf(),
    };

    function fateOf(): string {
      if (control?.state === "refused") return "refused at the door";
      if (control?.state === "unreachable") return "no answer at the door";
      const dial = ladder.rungs.findLast(
        ({ tells, wire }) => tells.kind === "dial" && wire === "data",
      )?.tells;
      if (dial?.kind !== "dial") return code >= 400 ? "refused by the server" : "never came to it";
      if (dial.end !== "open") return failure(dial.end, dial.to.port, dial.waited);
      return received > 0
        ? `broke off after ${received.toLocaleString("en")} bytes`
        : "no data came";
    }
  }

  /** Two windows on the learner's own computer; the second is opened if there is none. */
  function windowsOfLearner(): [number, number] {
    const { learner, windows = [learner.name, learner.name] } = scenario;
    const own = windows.flatMap((each, at) => (each === learner.name ? [at + 1] : []));
    const spare = windows.length + 1;
    if (own.length < 2) feed({ kind: "open", window: spare });
    return [own[0] ?? spare, own[1] ?? spare];
  }
}
