/** What is in a directory: found by name, and listed in order without sorting each time. */
import type { Octets } from "../bytes.ts";

interface Child {
  readonly name: Octets;
  readonly type: string;
}

/** A map whose values can be had in the order of their names' bytes. */
export class Children<T extends Child> extends Map<Octets, T> {
  /** How many of them are directories: an "ls -l" wants to know it of each directory. */
  folders = 0;
  /** Made when it is first wanted, kept from then on: of 100,000 names a sort takes a tenth of a second. */
  private order: T[] | undefined;
  /** Somebody may still be reading `order`: the next change is made in a copy. */
  private lent = false;

  /** All values as they are now, by the bytes of their names. */
  inOrder(): readonly T[] {
    this.order ??= [...this.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.lent = true;
    return this.order;
  }

  override set(name: Octets, value: T): this {
    const old = this.get(name);
    this.reorder(name, old === undefined ? 0 : 1, value);
    this.count(old, -1);
    this.count(value, 1);
    return super.set(name, value);
  }

  override delete(name: Octets): boolean {
    const old = this.get(name);
    if (old !== undefined) this.reorder(name, 1);
    this.count(old, -1);
    return super.delete(name);
  }

  override clear(): void {
    this.order = undefined;
    this.folders = 0;
    super.clear();
  }

  private count(child: T | undefined, by: 1 | -1): void {
    if (child?.type === "dir") this.folders += by;
  }

  private reorder(name: Octets, out: 0 | 1, ...into: T[]): void {
    if (this.order === undefined) return;
    if (this.lent) this.order = [...this.order];
    this.lent = false;
    this.order.splice(this.place(this.order, name), out, ...into);
  }

  /** Where `name` stands in the order, or would stand: a binary search. */
  private place(order: readonly T[], name: Octets): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle]!.name < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
