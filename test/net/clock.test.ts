import fc from "fast-check";
import { expect, test } from "vitest";
import { createClock } from "../../src/sim/net/clock.ts";

test("things happen at their time, and those of one time in the order they were set", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), (times) => {
      const clock = createClock();
      const done: [number, number][] = [];
      for (const [i, time] of times.entries()) {
        clock.after(time, () => {
          expect(clock.now).toBe(time);
          done.push([time, i]);
        });
      }
      clock.advance(20);
      expect(done).toEqual(done.toSorted(([a, i], [b, j]) => a - b || i - j));
      expect(done).toHaveLength(times.length);
      expect(clock.next).toBeUndefined();
    }),
  );
});

test("what is called off does not happen, and does not count as next", () => {
  const clock = createClock();
  const timer = clock.after(5, () => expect.unreachable());
  clock.after(9, () => {});
  timer.cancel();
  expect(clock.next).toBe(9);
  clock.advance(7);
  expect(clock.now).toBe(7);
});

test("a thing may set another for the same moment", () => {
  const clock = createClock();
  let done = false;
  clock.after(5, () => clock.after(0, () => (done = true)));
  clock.advance(5);
  expect(done).toBe(true);
});
