/** What a learner does beside typing: switches a box or a fault, opens a window, lets time pass. */
import type { Fact } from "../sim/facts.ts";
import type { WorldInput } from "../sim/stage.ts";

/** A deed: something put into the world, or time that passes. */
export type Deed =
  | WorldInput
  /** To the next thing that is to be noticed. */
  | { readonly kind: "skip" }
  | { readonly kind: "wait"; readonly seconds: number };

/** What deeds there are, to be told to an author. */
export const DEEDS =
  "`! switch home-nat off`, `! skip`, `! wait 5`, `! open 3`, `! open 3 on files.example.net`, `! close 3`, `! hang up 2`";

/** The key that `^C` means, or undefined: then it is a line, to be typed with its Enter. */
export function controlKey(text: string): string | undefined {
  const [, letter] = /^\^([@-_])$/.exec(text) ?? [];
  return letter && String.fromCharCode(letter.charCodeAt(0) - 64);
}

/** Reads a deed as a lesson writes it, without its `!`. */
export function readDeed(text: string): Deed | undefined {
  const [, id, state] = /^switch (\S+) (on|off)$/.exec(text) ?? [];
  if (id) return { kind: "switch", id, on: state === "on" };
  if (text === "skip") return { kind: "skip" };
  const [, seconds] = /^wait (\d+)$/.exec(text) ?? [];
  if (seconds) return { kind: "wait", seconds: Number(seconds) };
  const [, what, number, host] = /^(open|close|hang up) ([1-6])(?: on (.+))?$/.exec(text) ?? [];
  const window = Number(number);
  if (what === "open") return { kind: "open", window, ...(host ? { host } : {}) };
  if (what === "close") return { kind: "close", window };
  return what === "hang up" ? { kind: "hang-up", window } : undefined;
}

/** Whether somebody who waits notices this: a packet on its way, sent again or swallowed, is none of it. */
export function isNoticed({ kind }: Fact): boolean {
  return kind !== "sent" && kind !== "again" && kind !== "dropped";
}
