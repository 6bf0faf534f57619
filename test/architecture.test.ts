/**
 * The rooms of src/, held to their order: the simulator makes a trace, explain reads it, lessons
 * ask for it, the app shows it. docs/ARCHITECTURE.md says why.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

/** A room imports from rooms above it. app and node stand side by side and share nothing. */
const rooms = [
  "sim/bytes",
  "sim/trace",
  "sim/protocol",
  "sim/fs",
  "sim/net",
  "sim/ftp",
  "sim/shell",
  "sim/facts",
  "sim/scenario",
  "sim/scenario-between",
  "sim/scenario-check",
  "sim/stage",
  "sim/world",
  "explain",
  "lesson",
  "app",
  "node",
];

/** The words all rooms share: what can be recorded, what can be set up. Their types go anywhere. */
const vocabulary = ["sim/facts", "sim/scenario"];

/** The packages that a room may use. app and node are free. */
const packages: Record<string, string[]> = { sim: [], explain: [], lesson: ["marked", "yaml"] };

/** Rooms that may not ask for the present, for chance or for the outside world. */
const pure = ["sim", "explain", "lesson"];
const impure = {
  calls: ["Date", "setTimeout", "setInterval", "queueMicrotask", "fetch"],
  members: ["Date.now", "Math.random", "performance.now", "crypto.getRandomValues"],
  objects: ["console", "globalThis", "process"],
};

/** Ways to turn text into DOM. One file of the app may use them. */
const rawHtml = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe"];

/** Files that may be longer than 400 lines, each with the reason. */
const longFiles: Record<string, string> = {};

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

interface Source {
  /** Path below src/, as "sim/ftp/session.ts". */
  readonly path: string;
  readonly top: string;
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly nodes: readonly Node[];
}

/** A node of the syntax tree, read by name only. */
type Node = { readonly type: string; readonly start: number } & Record<string, unknown>;

const src = fileURLToPath(new URL("../src", import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .toSorted()
  .map(read);

describe("architecture", () => {
  it("finds the sources", () => {
    expect(sources.length).toBeGreaterThan(0);
  });

  it("puts every file in a room", () => {
    expectNone((source) => (rooms.includes(source.room) ? [] : [source.room]));
  });

  it("imports only from rooms above", () => {
    expectNone((source) => source.imports.filter((i) => !allowed(source, i)).map(show));
  });

  it("keeps the clock, chance, timers and the console out of sim, explain and lesson", () => {
    expectNone(({ top, nodes }) => (pure.includes(top) ? nodes.flatMap(impurity) : []));
  });

  it("makes DOM out of text in one file at most", () => {
    const users = sources.filter(({ nodes }) =>
      nodes.some((node) => rawHtml.includes(nameOf(node["property"] ?? node["key"]))),
    );
    expect(users.slice(1).map((source) => source.path)).toEqual([]);
  });

  it("keeps files under 400 lines", () => {
    expectNone(({ path, lines }) =>
      lines > 400 && !(path in longFiles) ? [`${lines} lines`] : [],
    );
  });
});

/** Fails with all that `find` objects to, as "path: objection". */
function expectNone(find: (source: Source) => readonly string[]): void {
  const found = sources.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`));
  expect(found).toEqual([]);
}

function show({ target, typeOnly }: Import): string {
  return `${typeOnly ? "import type" : "import"} ${target}`;
}

function allowed({ path, top, room }: Source, { target, typeOnly }: Import): boolean {
  if (!target.startsWith(".")) return packages[top]?.includes(target) ?? true;
  const to = roomOf(relative(src, join(src, dirname(path), target)));
  if (to === room) return true;
  if (typeOnly && vocabulary.includes(to)) return true;
  if (room === "node" && to === "app") return false;
  return rooms.includes(to) && rooms.indexOf(to) < rooms.indexOf(room);
}

/** "sim/ftp/session.ts" is in sim/ftp, "sim/world.ts" in sim/world, "app/main.ts" in app. */
function roomOf(path: string): string {
  const [top = "", next = ""] = path.split("/");
  return top === "sim" ? `${top}/${next.replace(/\.ts$/, "")}` : top;
}

function read(path: string): Source {
  const text = readFileSync(join(src, path), "utf8");
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const nodes = nodesOf(program);
  const [top = ""] = path.split("/");
  const lines = text.split("\n").length - 1;
  return { path, top, room: roomOf(path), lines, imports: nodes.flatMap(importsOf), nodes };
}

/** Every node of a syntax tree. */
function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap(nodesOf);
  return "type" in value ? [value as Node, ...below] : below;
}

/** import, import type, export … from, import(…) and the type import("…"). */
function importsOf(node: Node): Import[] {
  const from = node["source"] as { value?: unknown } | null | undefined;
  if (typeof from?.value !== "string") return [];
  const specifiers = (node["specifiers"] ?? []) as Node[];
  const kinds = [node, ...specifiers].map((n) => n["importKind"] ?? n["exportKind"]);
  const eachIsType = specifiers.length > 0 && kinds.slice(1).every((kind) => kind === "type");
  const typeOnly = node.type === "TSImportType" || kinds[0] === "type" || eachIsType;
  return [{ target: from.value, typeOnly }];
}

/** The words with which a node reaches for the present, chance or the outside. */
function impurity(node: Node): string[] {
  const callee = nameOf(node["callee"]);
  // new Date(ms) reads a given moment; Date() and new Date() ask for the present.
  const arguments_ = (node["arguments"] ?? []) as unknown[];
  const given = node.type === "NewExpression" && callee === "Date" && arguments_.length > 0;
  if (impure.calls.includes(callee) && !given) return [`${callee}()`];
  if (node.type !== "MemberExpression") return [];
  const object = nameOf(node["object"]);
  const member = `${object}.${nameOf(node["property"])}`;
  return impure.members.includes(member) || impure.objects.includes(object) ? [member] : [];
}

/** The name of an identifier, or "". */
function nameOf(value: unknown): string {
  const node = value as { type?: string; name?: string } | null | undefined;
  return node?.type === "Identifier" ? (node.name ?? "") : "";
}
