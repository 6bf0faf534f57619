/** What can be said of an attempt that the lesson itself has no words for. */
import type { NotationEvent } from "../explain/notation.ts";
import { isProgram, isVerb, slip, standsAlone } from "../explain/tips.ts";
import { answered } from "./answered.ts";
import { promptReader, unheard } from "./at-prompt.ts";
import { astray, misdialled, type Windows } from "./elsewhere.ts";
import { match, namedPort, wantedLines } from "./goal.ts";
import type { Step } from "./lesson.ts";
import { STORES, TO_DATA, verbOf, WINDOWS } from "./lines.ts";
import { silence } from "./silence.ts";
import type { Values } from "./values.ts";

/** What is said of an attempt, where it is more than words. */
export interface Derived {
  readonly text: string;
  /** It foretells what a server will do, so a refusal belies it. */
  readonly foretells?: true;
  /** It tells why a server hung up: more than a lesson can, which knows only that it did. */
  readonly tellsWhy?: true;
}

/** Says why `event` did not help in the step at index `step`, or undefined. */
export type Derive = (
  event: NotationEvent,
  step: number,
  values: Values,
  helped: boolean,
) => string | Derived | undefined;

/** A reader that remembers what was typed last, for the reply to it. */
export function deriver(steps: readonly Step[]): Derive {
  const lines = steps.map((step) => step.goal.flatMap(wantedLines));
  const typedLines = steps.flatMap(({ solution }) => solution);
  /** "LIST" → the windows where the lesson wants it. */
  const homes = new Map<string, number[]>();
  for (const pattern of lines.flat()) {
    const [, window, verb] = /^(\d)> (\w+)/.exec(pattern) ?? [];
    if (verb) homes.set(verb, [...(homes.get(verb) ?? []), Number(window)]);
  }
  /** The windows that talk. One alone is the rule; with more, less can be said of where a word belongs. */
  const talks = [...new Set([...homes.values()].flat())];
  const [talk = 1] = talks;
  const dial = typedLines.find(({ text }) => DIALS.test(text));
  /** By window: what was entered last at its prompt. */
  const ran = new Map<number | undefined, string>();
  const unanswered = silence();
  /** By port: the name of the server that named it last, as it was dialled. */
  const namers = new Map<string, string>();
  /** By window: the connection that stands there. */
  const stands = new Map<number | undefined, NotationEvent>();
  /** The windows whose latest line belongs in another one: that outweighs what came of it. */
  const strayed = new Set<number | undefined>();

  const answers = answered((window) => ran.get(window));
  /** Whoever has answered there is a server. */
  const speaks = (window: number): boolean => stands.has(window) && answers.speaks(window);
  const windows: Windows = {
    ran: (window) => ran.get(window),
    stands: (window) => stands.has(window),
  };
  const entered = promptReader({
    typed: typedLines,
    homes: (word) => homes.get(word) ?? [],
    talks: speaks,
    serves: (window) => stands.get(window)?.kind === "called" && talks.includes(window),
  });

  return (event, step, values, helped) => {
    const { kind, text, window, conn, port, line = "" } = event;
    const [, verb = "", argument] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    const word = verb.toUpperCase();
    const here = lines[step];
    const fits = (wanted: readonly string[] | undefined, words: string): string | undefined =>
      wanted?.find((pattern) => match(pattern, words, values));
    const waits = unanswered(event);
    if (kind === "run") ran.set(window, line);
    if (kind === "reply") {
      const named = namedPort(event);
      const [, server] = /^(?:telnet|nc) (?:-\S+ )*(\S+) \S+$/.exec(ran.get(window) ?? "") ?? [];
      if (named !== undefined && server !== undefined) {
        namers.delete(named);
        namers.set(named, server);
      }
      const tipped = answers.reply(event, steps[step]);
      return helped ? undefined : tipped;
    }
    if (kind === "line") {
      strayed.delete(window);
      answers.entered(window, line);
    }
    // A client program has its data connections in the same window: the first one is the talk.
    if ((kind === "connected" || kind === "called") && !stands.has(window)) {
      stands.set(window, event);
      answers.begins(window);
    }
    if (/^(closed|reset)$/.test(kind) && stands.get(window)?.conn === conn) {
      stands.delete(window);
      // Who closes without ever having answered was a data connection.
      // Whoever was asked to say QUIT has done nothing wrong.
      const asked = steps[step]?.solution.some(
        (keys) => keys.window === window && /^quit$/i.test(keys.text),
      );
      const meant = asked === true && /^quit\b/i.test(answers.last(window));
      const told = meant || helped || strayed.has(window);
      if (event.by === "server" && window && answers.speaks(window) && !told) {
        const then =
          talks.length === 1 && window !== talk
            ? `Talk in window ${talk}.`
            : "Dial again; the steps you have done stay done.";
        const why = answers.hangUp(window);
        return { ...why, text: `${why.text} ${then}` };
      }
    }
    // A number alone is an address to telnet.
    const [, alone] = /^\d\$ telnet (?:-[46] )?(\d+)$/.exec(text) ?? [];
    if (alone) {
      return `A name goes before the port. Stop this with Ctrl+C, then \`telnet NAME ${alone}\`.`;
    }
    const [, odd] = /^\d\$ telnet (?:-[46] )?\S+ (\d+[a-z]\w*|[a-z]+\d\w*)$/i.exec(text) ?? [];
    if (odd) return `A port is a number, and \`${odd}\` is none.`;
    if (
      kind === "run" &&
      /^telnet(?: -[46])?(?: (?![-<>])[^ ]+){3}/.test(line.replace(/ +/g, " "))
    ) {
      return "One name and one port, no more: `telnet NAME PORT`.";
    }
    const nowhere = kind === "run" && unheard(line, steps[step]);
    if (nowhere) return nowhere;
    if (waits?.ahead) return waits;
    const lost = astray(event, steps[step], values, windows);
    if (lost !== undefined) {
      strayed.add(window);
      return lost;
    }
    const asked = steps[step]?.solution.map((keys) => `${keys.window}> ${keys.text}`);
    const mine = asked?.findIndex((one) => fits([one], text)) ?? -1;
    // The step's own line waits too, unless the step dials after it.
    const after = steps[step]?.solution.slice(mine + 1) ?? [];
    if (
      mine >= 0 &&
      talks.length === 1 &&
      waits !== undefined &&
      !after.some((keys) => TO_DATA.test(keys.text))
    ) {
      return waits;
    }
    if (kind === "connected" && window !== undefined) {
      // A call that is answered wipes away what was said of the line.
      const began: NotationEvent = { ...event, kind: "run", line: ran.get(window) ?? "" };
      const elsewhere =
        misdialled(window, steps, step, windows) ?? astray(began, steps[step], values, windows);
      if (elsewhere !== undefined) return elsewhere;
    }
    if (helped) return undefined;
    if (kind === "switch") {
      const [id] = here?.flatMap((pattern) => /^net: switch (\S+)/.exec(pattern)?.[1] ?? []) ?? [];
      return id && !text.startsWith(`net: switch ${id} `)
        ? `That was another one. Here it is \`${id}\`.`
        : undefined;
    }
    if (window === undefined) return undefined;
    const meansTo = (keys: string): boolean =>
      steps[step]?.solution.some((one) => one.window === window && one.text === keys) === true;
    if (kind === "prompt") {
      if (meansTo("^]")) return undefined;
      return stands.has(window)
        ? "This is telnet's own prompt. Enter alone goes back to the server, `quit` hangs up."
        : "You are in telnet's own prompt: type `quit`, then dial.";
    }
    if (kind === "entered") {
      if (text.includes(": trying> ")) {
        return isVerb(word) || isProgram(verb)
          ? "This window still waits for its call to be answered, and nobody reads what you type. Ctrl+C gives up, and the `$` is back."
          : undefined;
      }
      if (text.includes(": nc> ")) {
        if (isVerb(verb) && word === verb && WINDOWS.some((one) => one !== window && speaks(one))) {
          return `\`nc\` waits for a call in this window. \`${word}\` is for the server: type it in window ${WINDOWS.find(speaks)}.`;
        }
        return isProgram(verb)
          ? "`nc` still waits for a call in this window. Ctrl+C stops it, and the `$` is back."
          : undefined;
      }
      const meant = steps[step]?.solution
        .filter((keys) => keys.window === window)
        .map((keys) => verbOf(keys));
      const near = verb.length > 1 && meant?.find((name) => name !== verb && slip(verb, name));
      if (near) return `Did you mean \`${near}\`?`;
      if (/^(?:ftp|telnet)$/.test(verb)) {
        return `You are in \`ftp\` already. \`bye\` leaves it, then \`${verb}\` at the \`$\`.`;
      }
      return isProgram(word) || (isVerb(word) && (word === verb || SERVERS.test(verb)))
        ? "At `ftp>` the client's own words count, in small letters: `ls`, `cd`, `get`, `put`, `bye`."
        : undefined;
    }
    if (kind === "unknown") {
      if (line.includes(":")) return "Between the name and the port stands a space, not a colon.";
      const own = steps[step]?.solution.find(
        (keys) => keys.window === window && DIALS.test(keys.text),
      );
      const name = (own ?? dial)?.text.split(" ")[1];
      return `No computer is called \`${line}\`. Is there a slip in the spelling? It is \`${name}\`.`;
    }
    if (kind === "dial" && port === 23 && /^telnet(?: -\S+)* \S+$/.test(ran.get(window) ?? "")) {
      const talking = steps[step]?.solution.some(
        (keys) => keys.window === window && keys.text.endsWith(" 21"),
      );
      const what = talking === true ? "`21`" : "the port";
      return `Without a port \`telnet\` dials 23, and FTP waits elsewhere. Put ${what} behind the name.`;
    }
    if (kind === "refused") {
      const dialled = ran.get(window) ?? "";
      const namer = namers.get(String(port));
      if (namer !== undefined && [...namers.keys()].at(-1) !== String(port)) {
        return `Port ${port} was good for one time only, and a newer answer names another.`;
      }
      return namer !== undefined && !dialled.includes(namer)
        ? `Port ${port} was named by \`${namer}\`: dial it there.`
        : `Nobody listens on port ${port} there.`;
    }
    // Whoever was asked to dial into the void has done so.
    if (kind === "unreachable" && !fits(asked, `${window}> ${ran.get(window)}`))
      return `No answer at all from port ${port}: the call gets lost on its way.`;
    if (kind === "line" && !event.control && isVerb(verb) && !pours(answers.last(talk))) {
      return "Silence. Nobody reads commands on a ==data connection==: it carries bytes and nothing else. Talk in the other window.";
    }
    if (kind === "line" && !event.control) return undefined;
    // Whoever plays the server says what a server says, and what lies in its files.
    const serves = stands.get(window)?.kind === "called";
    const known = homes.get(word) ?? (serves || talks.length > 1 ? undefined : [talk]);
    const [home = talk] = known ?? [];
    const wanted = steps[step]?.solution.some((keys) => keys.window === window) === true;
    const strays = kind === "line" && known !== undefined && !known.includes(window) && !wanted;
    const back = `Window ${window} talks on port ${stands.get(window)?.port} now. Press Hang up there, and`;

    if (strays && !stands.has(home)) {
      return `${back} ${serves ? "listen" : "dial"} in window ${home}.`;
    }
    if (/^(?:line|run|dial|connected|listening)$/.test(kind)) {
      for (const other of WINDOWS) {
        // Where anything will do, this line proves nothing.
        const there = here?.filter((pattern) => !/^\d[>$] \*$/.test(pattern));
        if (other === window || !fits(there, `${other}${text.slice(1)}`)) continue;
        if (kind === "run" && fits(asked, `${window}> ${line}`)) continue;
        const said = isVerb(word) ? word : verb;
        const what =
          kind === "line" || kind === "run" ? `\`${said}\` is right` : "The port is right";
        strayed.add(window);
        return `${what}, but it belongs in window ${other}.`;
      }
    }
    const own = (of: number): boolean =>
      steps[step]?.solution.some(
        (keys) => keys.window === of && keys.text.startsWith(`${word} `),
      ) === true;
    const proper = kind === "line" && !own(window) ? WINDOWS.find(own) : undefined;
    if (proper !== undefined && talks.length > 1) {
      strayed.add(window);
      return `\`${word}\` is right, but it belongs in window ${proper}.`;
    }
    if (strays && talks.length === 1) return `${back} go on in window ${home}.`;
    if (kind === "run") return entered(line, window, steps[step], values);
    if (kind !== "line") return undefined;
    // What a client sends is not what was typed.
    if (/^ftp\b/.test(ran.get(window) ?? "")) return undefined;
    const replies = steps[step]?.solution.some(
      (keys) => keys.window === window && /^\d{3} /.test(keys.text),
    );
    if (serves && replies === true && !/^\d{3}/.test(line)) {
      return "A client reads the three digits at the head of a line. Without them it waits on.";
    }
    const meant = [...(here ?? []), ...(asked ?? [])]
      .find((pattern) => pattern.startsWith(`${window}> ${word} `) && !/[*{]/.test(pattern))
      ?.slice(3);
    // The words behind the digits are free.
    const same = asked?.some((one) => one.startsWith(text.slice(0, 6)) && /^\d> \d{3} /.test(one));
    if (fits(asked, text) || same === true) return undefined;
    if (waits !== undefined) return waits;
    if (meant) {
      return argument || standsAlone(word)
        ? `Nearly. Here it is \`${meant}\`.`
        : `\`${word}\` wants more behind it: \`${meant}\`.`;
    }
    if (argument && here?.includes(`${window}> ${word}`)) {
      return `Nearly. Here it is \`${word}\`, with nothing behind it.`;
    }
    if (lines.slice(0, step).some((earlier) => fits(earlier, text))) return undefined;
    // What is said while a question stands counts for the step after it.
    if (here?.length === 0 && fits(lines[step + 1], text)) {
      return {
        text: `\`${word}\` is for the next step, and counts there. This one has a question.`,
        foretells: true,
      };
    }
    const later = lines.slice(step + 1).flat();
    return later.some((one) => one.split(" ")[1] === word && fits([one], text))
      ? `\`${word}\` comes later. First: ${steps[step]?.title ?? ""}.`
      : undefined;
  };
}

/** The server's words that no client knows, also where they are typed in small letters. */
const SERVERS =
  /^(?:list|retr|stor|pasv|epsv|port|cwd|cdup|dele|mkd|rmd|rnfr|syst|pass|appe|feat)$/;

/** Lines that name whom they dial first. */
const DIALS = /^(?:telnet|nc) [^-]/;

/** After such a line, what is typed into a data connection is a file. */
function pours(line = ""): boolean {
  return STORES.test(line.split(" ", 1)[0]?.toUpperCase() ?? "");
}
