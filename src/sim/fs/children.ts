/** What is in a directory: found by name, and listed in order without sorting each time. */
import type { Octets } from "../bytes.ts";

/** A map whose values can be had in the order of their names' bytes. */
export class Children<T extends { readonly name: Octets }> extends Map<Octets, T> {
  /** Made when it is first wanted, kept from then on: of 100,000 names a sort takes a tenth of a second. */
  private order: T[] | undefined;

  /** All values, by the bytes of their names. Not to be changed. */
  inOrder(): readonly T[] {
    this.order ??= [...this.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return this.order;
  }

  override set(name: Octets, value: T): this {
    if (this.order !== undefined) {
      const at = this.place(this.order, name);
      this.order.splice(at, this.has(name) ? 1 : 0, value);
    }
    return super.set(name, value);
  }

  override delete(name: Octets): boolean {
    if (this.order !== undefined && this.has(name)) {
      this.order.splice(this.place(this.order, name), 1);
    }
    return super.delete(name);
  }

  override clear(): void {
    this.order = undefined;
    super.clear();
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
