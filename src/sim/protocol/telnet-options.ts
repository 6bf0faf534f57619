/**
 * Who may do what on a telnet connection: `createOptions(accept)`. The Q method of RFC 1143: each
 * option has a state on each side, and only a change of state sends anything, so two sides that
 * both follow it never answer each other without end (RFC 854's rule in three lines did not hold).
 */
import { DO, DONT, WILL, WONT } from "./telnet.ts";

/** The four verbs of a negotiation. */
export type Verb = typeof WILL | typeof WONT | typeof DO | typeof DONT;

/** Who performs an option: we, or the other side. */
export type Performer = "us" | "them";

/** A verb with its option, as it goes over the wire behind IAC. */
export type Negotiation = readonly [verb: Verb, option: number];

/** The options of one end of a connection. */
export interface Options {
  /** Takes what the other side says; gives what is to be answered, if anything. */
  heard(verb: Verb, option: number): readonly Negotiation[];
  /** Wishes an option on or off; gives what is to be sent for it. */
  ask(who: Performer, option: number, on: boolean): readonly Negotiation[];
  /** Whether the option is on, or asked for and not refused yet. */
  wanted(who: Performer, option: number): boolean;
}

/** RFC 1143's states; "opposite" is its queue bit: asked for one thing and by now wishing the other. */
type State = "no" | "yes" | "want-no" | "want-no-opposite" | "want-yes" | "want-yes-opposite";

/** What one event does: the state after it, and whether a wish for on or off is sent. */
type Step = readonly [next: State, send?: "on" | "off"];

/** The other side says that it is on (WILL of its own options, DO of ours), and we do not refuse. */
const SAID_ON: Readonly<Record<State, Step>> = {
  no: ["yes", "on"],
  yes: ["yes"],
  // It answers our "off" with "on", which is an error: RFC 1143 takes it as off.
  "want-no": ["no"],
  "want-no-opposite": ["yes"],
  "want-yes": ["yes"],
  "want-yes-opposite": ["want-no", "off"],
};
const SAID_OFF: Readonly<Record<State, Step>> = {
  no: ["no"],
  yes: ["no", "off"],
  "want-no": ["no"],
  "want-no-opposite": ["want-yes", "on"],
  "want-yes": ["no"],
  "want-yes-opposite": ["no"],
};
const WISH_ON: Readonly<Record<State, Step>> = {
  no: ["want-yes", "on"],
  yes: ["yes"],
  "want-no": ["want-no-opposite"],
  "want-no-opposite": ["want-no-opposite"],
  "want-yes": ["want-yes"],
  "want-yes-opposite": ["want-yes"],
};
const WISH_OFF: Readonly<Record<State, Step>> = {
  no: ["no"],
  yes: ["want-no", "off"],
  "want-no": ["want-no"],
  "want-no-opposite": ["want-no"],
  "want-yes": ["want-yes-opposite"],
  "want-yes-opposite": ["want-yes-opposite"],
};

/** Options that are all off at first. `accept` lists what is agreed to when the other side wishes it. */
export function createOptions(accept: Readonly<Record<Performer, ReadonlySet<number>>>): Options {
  const states = { us: new Map<number, State>(), them: new Map<number, State>() };
  const stateOf = (who: Performer, option: number): State => states[who].get(option) ?? "no";

  function go(who: Performer, option: number, table: Readonly<Record<State, Step>>): Negotiation[] {
    const [next, send] = table[stateOf(who, option)];
    states[who].set(option, next);
    return send === undefined ? [] : [say(who, option, send === "on")];
  }

  const say = (who: Performer, option: number, on: boolean): Negotiation =>
    who === "us" ? [on ? WILL : WONT, option] : [on ? DO : DONT, option];

  return {
    heard(verb, option) {
      const who = verb === WILL || verb === WONT ? "them" : "us";
      if (verb === WONT || verb === DONT) return go(who, option, SAID_OFF);
      const refused = stateOf(who, option) === "no" && !accept[who].has(option);
      return refused ? [say(who, option, false)] : go(who, option, SAID_ON);
    },
    ask: (who, option, on) => go(who, option, on ? WISH_ON : WISH_OFF),
    wanted: (who, option) => ["yes", "want-yes", "want-no-opposite"].includes(stateOf(who, option)),
  };
}
