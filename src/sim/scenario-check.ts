/**
 * Checks a scenario against its schema (`lessons/scenarios/scenario.schema.json`) and says in plain
 * words where it errs and what to write instead. The page does not carry this: its scenarios are
 * checked when it is built.
 */
import { canonical, isAddress } from "./net/address.ts";
import { checkBetween } from "./scenario-between.ts";
import type { HostSetup, Scenario, TreeEntry } from "./scenario.ts";

/** The few words of JSON Schema (2020-12) that the scenario's schema uses. */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** What is wrong with a scenario, one line each, with the place: `hosts[0].ftp.users[0].name: …`. */
export class ScenarioError extends Error {
  readonly problems: readonly string[];

  constructor(name: string, problems: readonly string[]) {
    super(
      `The scenario ${name} cannot be used:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
    this.name = "ScenarioError";
    this.problems = problems;
  }
}

/**
 * A scenario from the text of its file.
 * @throws ScenarioError with every problem found.
 */
export function parseScenario(text: string, schema: Schema, name: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(name, [`it is no JSON: ${String(error)}`]);
  }
  const problems = checkSchema(value, schema, schema, "");
  if (!isScenario(value, problems)) throw new ScenarioError(name, problems);
  problems.push(...checkSense(value, name));
  if (problems.length > 0) throw new ScenarioError(name, problems);
  return value;
}

/** What the schema has nothing against is a scenario: its types and the schema say the same. */
function isScenario(_value: unknown, problems: readonly string[]): _value is Scenario {
  return problems.length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkSchema(value: unknown, given: Schema, root: Schema, place: string): string[] {
  const schema = given.$ref === undefined ? given : (root.$defs?.[given.$ref.slice(8)] ?? {});
  const wrong = (words: string) => [`${place === "" ? "the whole" : place}: ${words}`];
  const wanted = schema.description ?? schema.type ?? "something else";
  if (schema.anyOf !== undefined) {
    const fits = schema.anyOf.some((one) => checkSchema(value, one, root, place).length === 0);
    return fits ? [] : wrong(`is ${say(value)}; write ${wanted}`);
  }
  switch (schema.type) {
    case "object": {
      if (!isObject(value)) return wrong(`must be an object, { … }, not ${say(value)}`);
      return checkObject(value, schema, root, place);
    }
    case "array": {
      if (!Array.isArray(value)) return wrong(`must be a list, [ … ], not ${say(value)}`);
      const { minItems = 0, maxItems = Infinity } = schema;
      if (value.length < minItems) return wrong(`needs at least ${minItems}: ${wanted}`);
      if (value.length > maxItems) return wrong(`takes at most ${maxItems}: ${wanted}`);
      return value.flatMap((item, i) =>
        checkSchema(item, schema.items ?? {}, root, `${place}[${i}]`),
      );
    }
    case "string": {
      if (typeof value !== "string")
        return wrong(`must be text in quotes, ${wanted}, not ${say(value)}`);
      if (schema.enum !== undefined && !schema.enum.includes(value)) {
        return wrong(`is ${say(value)}; write ${schema.enum.map(say).join(" or ")}`);
      }
      const fits = schema.pattern === undefined || new RegExp(schema.pattern).test(value);
      return fits && value.length >= (schema.minLength ?? 0)
        ? []
        : wrong(`is ${say(value)}; write ${wanted}`);
    }
    case "number":
    case "integer": {
      const whole = schema.type === "number" || Number.isInteger(value);
      if (typeof value !== "number" || !whole) return wrong(`must be ${wanted}, not ${say(value)}`);
      const { minimum = -Infinity, maximum = Infinity } = schema;
      return value < minimum || value > maximum ? wrong(`is ${value}; write ${wanted}`) : [];
    }
    case "boolean":
      return typeof value === "boolean" ? [] : wrong(`must be true or false: ${wanted}`);
    default:
      return [];
  }
}

function checkObject(
  value: Record<string, unknown>,
  schema: Schema,
  root: Schema,
  place: string,
): string[] {
  const problems: string[] = [];
  const properties = schema.properties ?? {};
  const path = (key: string) => (place === "" ? key : `${place}.${key}`);
  for (const key of schema.required ?? []) {
    if (!(key in value)) {
      const what = properties[key]?.description;
      problems.push(`${path(key)}: is missing${what === undefined ? "" : `; write ${what}`}`);
    }
  }
  for (const [key, item] of Object.entries(value)) {
    const known = properties[key];
    if (known === undefined) {
      problems.push(
        `${path(key)}: nobody knows this; known are ${Object.keys(properties).join(", ")}`,
      );
    } else problems.push(...checkSchema(item, known, root, path(key)));
  }
  return problems;
}

const say = (value: unknown) => JSON.stringify(value) ?? "nothing";

/** What a schema cannot say: what one part promises and another must keep. */
function checkSense(scenario: Scenario, name: string): string[] {
  const problems: string[] = [];
  if (scenario.name !== name)
    problems.push(`name: is ${say(scenario.name)}; write ${say(name)}, the file's name`);
  if (Number.isNaN(Date.parse(scenario.begins))) problems.push("begins: there is no such day");
  const { address: ipv4, address6 } = scenario.learner;
  const taken = new Map([[ipv4, "learner"]]);
  if (address6 !== undefined) {
    if (!isAddress(address6))
      problems.push(`learner.address6: ${say(address6)} is no IPv6 address`);
    taken.set(canonical(address6), "learner");
  }
  for (const [i, host] of scenario.hosts.entries()) {
    for (const written of host.addresses) {
      const address = canonical(written);
      if (!isAddress(written))
        problems.push(`hosts[${i}].addresses: ${say(written)} is no address`);
      const other = taken.get(address);
      if (other !== undefined)
        problems.push(`hosts[${i}].addresses: ${address} is taken by ${other}`);
      taken.set(address, `hosts[${i}]`);
    }
    problems.push(...checkServer(host, `hosts[${i}].ftp`));
  }
  problems.push(...checkBetween(scenario));
  return problems;
}

function checkServer({ ftp }: HostSetup, place: string): string[] {
  if (ftp === undefined) return [];
  const problems: string[] = [];
  const [low, high] = ftp.passive.ports;
  const { first = low } = ftp.passive;
  if (low > high)
    problems.push(`${place}.passive.ports: ${low} is above ${high}; write the lower first`);
  else if (first < low || first > high) {
    problems.push(`${place}.passive.first: ${first} lies outside ${low} to ${high}`);
  }
  const folders = new Set([""]);
  const seen = new Set<string>();
  for (const [i, entry] of ftp.tree.entries()) {
    const at = `${place}.tree[${i}] (${entry.path})`;
    const parent = entry.path.slice(0, entry.path.lastIndexOf("/"));
    if (!folders.has(parent)) problems.push(`${at}: write the directory ${parent} before it`);
    if (seen.has(entry.path)) problems.push(`${at}: stands there twice`);
    if (entry.path !== "/" && entry.path.endsWith("/")) problems.push(`${at}: no "/" at the end`);
    seen.add(entry.path);
    if (entry.type === "dir") folders.add(entry.path === "/" ? "" : entry.path);
    problems.push(...checkEntry(entry, at));
  }
  return problems;
}

function checkEntry(entry: TreeEntry, at: string): string[] {
  const contents = [entry.text, entry.base64, entry.generate].filter((one) => one !== undefined);
  if (entry.type === "link") {
    return entry.target === undefined ? [`${at}: a link needs a "target"`] : [];
  }
  if (entry.type === "dir" && contents.length > 0) return [`${at}: a directory holds no text`];
  if (contents.length > 1) return [`${at}: write one of "text", "base64" and "generate"`];
  return [];
}
