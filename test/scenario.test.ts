/** A broken scenario is answered with the place and what to write instead. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { parseScenario, ScenarioError } from "../src/sim/scenario-check.ts";
import { scenario, schema } from "./play.ts";

const names = readdirSync(new URL("../lessons/scenarios/", import.meta.url))
  .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
  .map((file) => file.replace(".json", ""));

test.each(names)("the scenario %s is whole", (name) => {
  expect(scenario(name).name).toBe(name);
});

const nat = { id: "nat", title: "NAT", behind: ["your computer"] };
const fault = { id: "full", title: "full", host: "your computer", kind: "full-disk" };
const forward = (ports: unknown, to = "your computer") => ({ ports, to });
const forwards = (...all: unknown[]) => ({
  ...nat,
  nat: { addresses: ["192.0.2.1"], forwards: all },
});

/** The article's scenario as text, with what stands at `path` replaced, or left out if undefined. */
function broken(path: string, value: unknown): string {
  const keys = path.split(".");
  const put = (at: unknown, depth: number): unknown => {
    const key = keys[depth];
    if (key === undefined) return value;
    if (Array.isArray(at)) {
      const index = key === "+" ? at.length : Number(key);
      return at.toSpliced(index, 1, put(at[index], depth + 1));
    }
    return { ...(at as object), [key]: put((at as Record<string, unknown>)[key], depth + 1) };
  };
  return JSON.stringify(put(scenario("article"), 0));
}

const entry = { mode: "0755", mtime: 1 };

test.each<[string, string, string]>([
  ["no JSON", "{ name: 1 }", "it is no JSON"],
  ["a list", "[]", "the whole: must be an object"],
  ["a word too much", broken("colour", "blue"), "colour: nobody knows this; known are"],
  ["a word missing", broken("begins", undefined), "begins: is missing; write the moment"],
  ["an address", broken("learner.address", "300.1.1.1"), 'learner.address: is "300.1.1.1"'],
  ["a port", broken("hosts.0.ftp.port", 70_000), "hosts[0].ftp.port: is 70000; write a port"],
  ["a dialect", broken("hosts.0.ftp.dialect", "iis"), 'write "proftpd"'],
  ["no such day", broken("begins", "2020-13-01T00:00:00Z"), "begins: there is no such day"],
  ["the name", broken("name", "other"), `name: is "other"; write "article"`],
  ["twice an address", broken("hosts.+", scenario("article").hosts[0]), "is taken by hosts[0]"],
  ["first port", broken("hosts.0.ftp.passive.first", 80), "80 lies outside 49152 to 65534"],
  [
    "no parent",
    broken("hosts.0.ftp.tree.+", { path: "/x/y", type: "dir", ...entry }),
    "write the directory /x before it",
  ],
  [
    "a link",
    broken("hosts.0.ftp.tree.+", { path: "/x", type: "link", ...entry }),
    'a link needs a "target"',
  ],
  ["nobody behind", broken("boxes", [{ ...nat, behind: ["pc"] }]), 'nobody is called "pc"'],
  ["nobody at fault", broken("faults", [{ ...fault, host: "pc" }]), 'nobody is called "pc"'],
  ["an id twice", broken("boxes", [nat, nat]), "boxes[1].id: nat is taken by boxes[0]"],
  ["an id of another kind", broken("boxes", [{ ...nat, id: "Home NAT" }]), "write one word"],
  ["no such fault", broken("faults", [{ ...fault, kind: "fire" }]), 'is "fire"; write "refuse" or'],
  ["a fault's word", broken("faults", [{ ...fault, kind: "stall" }]), "stall needs it"],
  ["a word for nothing", broken("faults", [{ ...fault, after: 1 }]), "means nothing for full-disk"],
  ["ports", broken("boxes", [forwards(forward([2, 1]))]), "2 is above 1; write the lower first"],
  ["overlap", broken("boxes", [forwards(forward([1, 9]), forward(5))]), "by forwards[0] already"],
  ["not behind", broken("boxes", [forwards(forward(5, "pc"))]), '"pc" is not behind this box'],
  ["no port at all", broken("boxes", [forwards(forward("ftp"))]), 'is "ftp"; write a port, or'],
  [
    "a NAT's address",
    broken("boxes", [{ ...nat, nat: { addresses: [scenario("article").learner.address] } }]),
    "is taken by learner",
  ],
  ["IPv6", broken("learner.address6", "1::2::3"), '"1::2::3" is no IPv6 address'],
  ["no shell there", broken("windows", ["elsewhere"]), '"elsewhere" has no shell; write '],
  ["a port twice", broken("hosts.0.services", [{ port: 21 }]), "somebody else listens on 21"],
  ["two texts", broken("hosts.0.ftp.tree.1.base64", "AA=="), "write one of"],
])("%s", (_, text, words) => {
  expect(() => parseScenario(text, schema, "article")).toThrow(ScenarioError);
  expect(() => parseScenario(text, schema, "article")).toThrow(words);
});
