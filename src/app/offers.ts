/** What makes sense to type right now, from where the session stands: a start, not a limit. */
import type { Connection } from "../explain/connections.ts";
import type { Status } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";
import { controlKey } from "../lesson/deed.ts";
import { fill } from "../lesson/values.ts";
import type { Keys, Lesson } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";

/** One thing to type. A text that ends in a space wants something more behind it. */
export interface Offer {
  readonly window: number;
  readonly text: string;
  readonly why: string;
  /** It makes or awaits a data connection. */
  readonly data?: true;
}

/** A lesson under way. */
export interface UnderWay {
  readonly lesson: Lesson;
  readonly run: LessonRun;
}

/** What a lesson has on its cards just now: the way back first, else the lines of the step. */
export function lessonOffers({ lesson, run }: UnderWay): Offer[] {
  const cards =
    lesson.steps[run.step]?.body.flatMap((one) => (one.kind === "type" ? one : [])) ?? [];
  return (run.repair ? [run.repair] : cards).flatMap(({ window, text }: Keys) => {
    const line = fill(text, run.values);
    if (window === 0 || line === undefined || controlKey(line) !== undefined) return [];
    return { window, text: line, why: "It stands on a card of this step." };
  });
}

/** The same small internet, and the server first that the lesson dials first. */
export function asTheLessonHasIt(scenario: Scenario, { lesson }: UnderWay): Scenario {
  const lines = lesson.steps.flatMap(({ solution }) => solution.map(({ text }) => text));
  const isDialled = (name: string): boolean => lines[0]?.includes(` ${name}`) === true;
  const first = scenario.hosts.find(({ names }) => names.some(isDialled));
  const others = scenario.hosts.filter((host) => host !== first);
  return first ? { ...scenario, hosts: [first, ...others] } : scenario;
}

/** Where the learner may listen to be called; any free port would do. */
const LISTEN = 50_000;

/**
 * What can be typed, given the control connection (if one stands) and the server's state; `dialled`
 * says that the port it listens on has been dialled already, `listens` on which port a program of
 * the learner awaits a call.
 */
export function offers(
  scenario: Scenario,
  control: Connection | undefined,
  status: Status | undefined,
  dialled = false,
  listens?: number,
): Offer[] {
  const servers = scenario.hosts.filter(({ ftp }) => ftp);
  const there = control?.state === "open" ? control.to.address : "";
  const host = servers.find(({ addresses }) => addresses.includes(there)) ?? servers[0];
  const name = host?.names[0] ?? "";
  const user = host?.ftp?.users[0];
  if (control?.back === true && control.state === "open") return answers(control.window ?? 1);
  if (control?.state !== "open") {
    const caller = scenario.hosts.find((each) => each.caller)?.caller;
    if (caller && listens === undefined) {
      const why = "A client wants to call you: listen, and you are the server.";
      return [{ window: 1, text: `nc -l ${caller.to.port}`, why }];
    }
    return [
      {
        window: 1,
        text: `telnet ${name} ${host?.ftp?.port ?? 21}`,
        why: "Dial the server. It speaks first.",
      },
    ];
  }
  const window = control.window ?? 1;
  const other = window === 1 ? 2 : 1;
  const say = (text: string, why: string): Offer => ({ window, text, why });
  const quit = say("QUIT", "Say goodbye.");
  if (typeof status?.pending === "string") {
    return [
      say(`PASS ${user?.password ?? ""}`, "Prove it. On a real wire anybody could read this."),
      quit,
    ];
  }
  if (typeof status?.user !== "string") {
    return [
      say(`USER ${user?.name ?? ""}`, "Say who you are."),
      say("HELP", "Ask which commands it knows."),
      quit,
    ];
  }
  const around = [
    say("PWD", "Ask which folder you are in."),
    say("TYPE I", "Ask for every byte as it is."),
    say("SYST", "Ask what kind of system it is."),
  ];
  const fetch = [
    say("LIST", "Ask for the list. It arrives on the data connection."),
    say("RETR ", "Ask for a file by its name."),
  ];
  if (status.data === "active") return [...fetch, ...around, quit];
  if (status.data !== "listening") {
    const six = `${control.from.address.replaceAll(".", ",")},${(listens ?? LISTEN) >> 8},${(listens ?? LISTEN) & 255}`;
    const active: Offer =
      listens === undefined
        ? {
            window: other,
            text: `nc -l ${LISTEN}`,
            data: true,
            why: "Or let it dial you: listen first, in the other window.",
          }
        : say(`PORT ${six}`, "Tell it where you listen: your address, and the port as two bytes.");
    return [
      ...(listens === undefined ? [] : [active]),
      say("PASV", "Ask it to open a door for data."),
      say("EPSV", "The same in newer words: a port alone, no address."),
      ...(listens === undefined ? [active] : []),
      ...around,
      quit,
    ];
  }
  const why = "Dial the port it has named. In a 227 that is the fifth number × 256 + the sixth.";
  return [
    ...(dialled ? [] : [{ window: other, text: `telnet ${name} `, why, data: true } as const]),
    ...fetch,
    ...around,
    quit,
  ];
}

/** What whoever plays the server may say. */
function answers(window: number): Offer[] {
  return [
    { window, text: "220 Hello.", why: "Greet: the server speaks first." },
    { window, text: "331 Your password?", why: "To USER: go on." },
    { window, text: "230 Come in.", why: "To PASS: logged in." },
    { window, text: "200 As you like.", why: "To TYPE, and to most other things." },
    { window, text: "221 Goodbye.", why: "To QUIT." },
  ];
}
