/** Every lesson can be shown: what the projector's script asks for, thing by thing, leads to its end. */
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { expect, test } from "vitest";
import { presentScript, type Next } from "../../src/app/present-script.ts";
import { pack, type RecordedAnswer, type RecordedInput } from "../../src/app/recording.ts";
import type { Session } from "../../src/app/session.ts";
import { controlKey, readDeed } from "../../src/lesson/deed.ts";
import { withFiles } from "../../src/lesson/files.ts";
import { parseLesson, parsePart } from "../../src/lesson/parse.ts";
import { lessonPaths } from "../../src/node/lesson-files.ts";
import type { WorldInput } from "../../src/sim/stage.ts";
import { play, scenario } from "../play.ts";
import { root } from "../lesson/play.ts";

/** More things than any lesson has. */
const MANY = 400;
/** A room looks at what has come for so long, in milliseconds. */
const LOOK = 3000;

const paths = lessonPaths(root).map((path) => [relative(root, path), path] as const);

test.each(paths)("%s", (file, path) => {
  const part = parsePart(readFileSync(`${dirname(path)}/part.md`, "utf8"), "part.md");
  const parsed = parseLesson(readFileSync(path, "utf8"), file, part);
  const lesson = withFiles(parsed, scenario, (_, text) => expect.fail(text));
  const { world } = play(lesson.scenario);
  const inputs: RecordedInput[] = [];
  const answers: RecordedAnswer[] = [];
  const feed = (input: WorldInput): void => {
    inputs.push(pack(world.now, input));
    world.feed(input);
  };
  const key = (window: number, text: string): void => feed({ kind: "key", window, text });
  const { facts } = world.trace;
  const skip = (): void => {
    for (const { length } = facts; facts.length === length && world.next !== undefined;) {
      world.advance(Math.ceil(world.next));
    }
  };
  // The part of a session that the script reads.
  const recording = () => ({ inputs });
  const session = { world, answers, recording } as unknown as Session;
  const script = presentScript(lesson, session);

  const seen: string[] = [];
  let paused = false;
  for (let i = 0; i < MANY; i++) {
    script.read();
    const next = script.next();
    // Whoever reloads here is offered the same thing: all but time that was let pass is read again.
    if (!paused) {
      const again = presentScript(lesson, session);
      again.read();
      expect({ next: bare(again.next()), seen }).toEqual({ next: bare(next), seen });
    }
    paused = false;
    if (next.kind === "end") return;
    if (next.kind === "wait") {
      world.advance(Math.ceil(world.next ?? world.now + LOOK));
      continue;
    }
    if (next.kind === "question") answers.push([facts.length, next.answer]);
    else if (next.kind === "deed") {
      const { window, text } = next.keys;
      seen.push(text);
      next.done();
      paused = /^(?:skip|wait \d+)$/.test(text);
      const pressed = controlKey(text);
      const deed = readDeed(text);
      if (pressed !== undefined) key(window, pressed);
      else if (deed?.kind === "skip") skip();
      else if (deed?.kind === "wait") world.advance(world.now + deed.seconds * 1000);
      else if (deed) feed(deed);
    } else {
      seen.push(`${next.window}: ${next.text}`);
      if (next.blocked) feed({ kind: "hang-up", window: next.window });
      for (const each of ["\x05", "\x15", ...Array.from(next.text), "\r"]) key(next.window, each);
    }
    world.advance(world.now + LOOK);
  }
  expect.fail(`stuck in step ${script.run.step + 1}:\n${seen.slice(-12).join("\n")}`);
});

/** What comes next, without the function that a deed brings. */
function bare(next: Next): unknown {
  return next.kind === "deed" ? next.keys : next;
}
