import fc from "fast-check";
import { expect, test } from "vitest";
import { Children } from "../../src/sim/fs/children.ts";

test("whatever is put in, replaced and taken out, the order is that of the names, and folders are counted", () => {
  const act = fc.tuple(fc.constantFrom("set", "delete", "look", "clear"), fc.nat(12));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const children = new Children<{ name: string; type: string; turn: number }>();
      let before: [order: readonly unknown[], copy: unknown[]] = [[], []];
      for (const [turn, [kind, number]] of acts.entries()) {
        const name = `\xff${String.fromCharCode(number * 20)}`;
        if (kind === "set") children.set(name, { name, type: turn % 2 ? "dir" : "file", turn });
        else if (kind === "delete") children.delete(name);
        else if (kind === "clear" && number === 0) children.clear();
        const sorted = [...children.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
        expect(children.inOrder()).toEqual(sorted);
        expect(children.folders).toBe(sorted.filter(({ type }) => type === "dir").length);
        // Who reads the order that was given before still reads that one.
        expect(before[0]).toEqual(before[1]);
        before = [children.inOrder(), sorted];
      }
    }),
  );
});
