/** Chance that can be repeated. */

/**
 * A generator of numbers from a seed: xorshift32 (Marsaglia 2003), whose 32 bits are plenty for
 * port numbers. The same seed gives the same numbers on every machine.
 */
export function createChance(seed: number): (below: number) => number {
  // 0 is the one state that xorshift never leaves; the multiplication spreads small seeds.
  let state = Math.imul(seed | 0, 0x9e3779b1) || 0x6d2b79f5;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
