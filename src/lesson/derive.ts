/** What can be said of an attempt that the lesson itself has no words for. */
import type { NotationEvent } from "../explain/notation.ts";
import { isProgram, isVerb, slip, standsAlone, tip } from "../explain/tips.ts";
import { promptReader, unheard } from "./at-prompt.ts";
import { astray, misdialled, type Windows } from "./elsewhere.ts";
import { match, namedPort, wantedLines } from "./goal.ts";
import type { Step } from "./lesson.ts";
import { COUNTS, STORES, TO_DATA, verbOf, WEB_WORD, WINDOWS } from "./lines.ts";
import { loginRefusal, refusalOf } from "./refusals.ts";
import { silence } from "./silence.ts";
import type { Values } from "./values.ts";

/** Says why `event` did not help in the step at index `step`, or undefined. */
export type Derive = (
  event: NotationEvent,
  step: number,
  values: Values,
  helped: boolean,
) => string | undefined;

/** The web's words, on which many servers hang up, and what they are in FTP. */
const WEB: Readonly<Record<string, string>> = {
  GET: "RETR",
  HEAD: "SIZE",
  POST: "STOR",
  PUT: "STOR",
  DELETE: "DELE",
};

/** Where somebody turns who has lost the thread. */
const LEAD = "What to say stands above, or *Hint* tells it.";

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
  const typed = new Map<number | undefined, string>();
  /** By window: the lines that have no last reply yet, the oldest first. */
  const lined = new Map<number | undefined, string[]>();
  /** The windows in which the oldest of them has been answered with a 1. */
  const begun = new Set<number | undefined>();
  /** By window: what was entered last at its prompt. */
  const ran = new Map<number | undefined, string>();
  const unanswered = silence();
  /** By port: the name of the server that named it last, as it was dialled. */
  const namers = new Map<string, string>();
  /** By window: the connection that stands there. */
  const stands = new Map<number | undefined, NotationEvent>();
  /** By window: the code of the last reply, and how many passwords were refused. */
  const codes = new Map<number | undefined, number>();
  const refused = new Map<number | undefined, number>();
  /** The windows whose latest line belongs in another one: that outweighs what came of it. */
  const strayed = new Set<number | undefined>();

  /** Whoever has answered there is a server. */
  const speaks = (window: number): boolean => stands.has(window) && codes.has(window);
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

  function replied(
    { window, code = 0, line = "" }: NotationEvent,
    step: Step | undefined,
  ): string | undefined {
    // A reply belongs to the oldest line that is owed one.
    const owed = lined.get(window) ?? [];
    // STAT alone is answered while the transfer before it goes on.
    if (code < 214 && code > 210 && begun.has(window) && /^stat\b/i.test(owed[1] ?? "")) {
      if (line[3] !== "-") owed.splice(1, 1);
      return undefined;
    }
    // A transfer that has begun is not refused as a word; its last reply may never come.
    if (code < 200) begun.add(window);
    else if (begun.delete(window) && code >= 500 && code < 505 && owed.length > 1) owed.shift();
    const said = owed[0] ?? typed.get(window) ?? "";
    if (code >= 200 && line[3] !== "-") owed.shift();
    const [, before = "", rest = ""] = /^(\S+) ?(.*)$/.exec(said) ?? [];
    codes.set(window, code);
    if (code === 530 && /^pass$/i.test(before)) refused.set(window, (refused.get(window) ?? 0) + 1);
    if (/^ftp\b/.test(ran.get(window) ?? "")) {
      // What the client sent is not what was typed, and its words are others.
      const says = code === 550 ? refusalOf(code, line) : undefined;
      return says?.replace("`LIST`", "`ls`").replace("`PWD`", "`pwd`");
    }
    const here = step?.solution.filter((keys) => keys.window === window) ?? [];
    // Before the login some servers say 530 to any word.
    const strange = isProgram(before) && (code === 500 || code === 530);
    const [program, whom] = said.split(" ");
    const there = step?.solution.find(
      (keys) => keys.window !== window && keys.text.startsWith(`${program} ${whom}`),
    );
    if (strange && there) {
      return `You are speaking to a server here. \`${before}\` is for the \`$\` of window ${there.window}.`;
    }
    if (strange && ran.get(window) === said.replace(/ +/g, " ").trim()) {
      return "You speak to that server already. Go on from here.";
    }
    if (strange && here.some(({ text }) => text.startsWith(before))) {
      return `You are still speaking to a server. Press Hang up, then \`${before}\` at the \`$\` of this window.`;
    }
    const whole = here.find(({ text }) => /^[A-Z]+ /.test(text) && text.endsWith(` ${said}`));
    if (code === 500 && whole && said !== "") {
      return `That went out as a command. Put the word in front: \`${whole.text}\`.`;
    }
    const paths = code !== 550 || !/^(?:port|eprt|pasv|epsv)$/i.test(before);
    const refusal = /^(?:user|pass)$/i.test(before)
      ? loginRefusal
      : paths
        ? refusalOf
        : () => undefined;
    const asked = step?.solution.some(({ text }) => verbOf({ window: 0, text }) === before);
    const unknown = code === 500 && /^[a-z]\S{0,19}$/i.test(before) && !isVerb(before) && !asked;
    return (
      tip(before, rest || null, strange ? 500 : code, verbsOf(step)) ??
      refusal(code, line) ??
      (unknown ? `This server knows no command \`${before}\`. ${LEAD}` : undefined)
    );
  }

  /** The server hung up on somebody in mid-lesson. */
  function closed(window: number | undefined): string {
    const [word = ""] = /^\w+/.exec(typed.get(window) ?? "") ?? [];
    const why =
      codes.get(window) === 234
        ? "After `234` the server waits for the handshake of TLS, and what came was none."
        : /^quit$/i.test(word)
          ? "You said goodbye, so the server closed."
          : WEB[word.toUpperCase()] !== undefined
            ? `\`${word}\` ${WEB_WORD}, and this server hangs up on those. In FTP it is \`${WEB[word.toUpperCase()]}\`.`
            : codes.get(window) === 421
              ? "The server ended the conversation; its `421` says why."
              : codes.get(window) === 530 && refused.has(window)
                ? `That was wrong password number ${refused.get(window)}, so the server hung up.`
                : "The server hung up.";
    if (talks.length === 1 && window !== talk) return `${why} Talk in window ${talk}.`;
    return `${why} Dial again; the steps you have done stay done.`;
  }

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
      const tipped = replied(event, steps[step]);
      return helped ? undefined : tipped;
    }
    if (kind === "line") {
      strayed.delete(window);
      typed.set(window, line);
      lined.set(window, [...(lined.get(window) ?? []), line]);
    }
    // A client program has its data connections in the same window: the first one is the talk.
    if ((kind === "connected" || kind === "called") && !stands.has(window)) {
      stands.set(window, event);
      for (const each of [typed, lined, begun, codes, refused]) each.delete(window);
    }
    if (/^(closed|reset)$/.test(kind) && stands.get(window)?.conn === conn) {
      stands.delete(window);
      // Who closes without ever having answered was a data connection.
      // Whoever was asked to say QUIT has done nothing wrong.
      const asked = steps[step]?.solution.some(
        (keys) => keys.window === window && /^quit$/i.test(keys.text),
      );
      const meant = asked === true && /^quit\b/i.test(typed.get(window) ?? "");
      const told = meant || helped || strayed.has(window);
      if (event.by === "server" && window && codes.has(window) && !told) {
        return closed(window);
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
    if (waits?.ahead) return waits.text;
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
      return waits.text;
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
    if (kind === "line" && !event.control && isVerb(verb) && !pours(typed.get(talk))) {
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
    if (waits !== undefined) return waits.text;
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
      return `\`${word}\` ${COUNTS}. This one has a question.`;
    }
    const later = lines.slice(step + 1).flat();
    return later.some((one) => one.split(" ")[1] === word && fits([one], text))
      ? `\`${word}\` comes later. First: ${steps[step]?.title ?? ""}.`
      : undefined;
  };
}

/** The server's words that a step's solution has. */
function verbsOf(step: Step | undefined): readonly string[] {
  return step?.solution.flatMap(({ text }) => /^[A-Z]{3,4}\b/.exec(text) ?? []) ?? [];
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
