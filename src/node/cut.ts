/** Where a connection fails on purpose. */
export class Cut {
  readonly how: "reset" | "stall";
  private left: number;

  /** It fails when `after` bytes have passed, whichever way. */
  constructor(after: number, how: "reset" | "stall") {
    this.left = after;
    this.how = how;
  }

  get over(): boolean {
    return this.left === 0;
  }

  /** The part of `bytes` that still passes. */
  pass(bytes: Uint8Array): Uint8Array {
    const part = bytes.length > this.left ? bytes.subarray(0, this.left) : bytes;
    this.left -= part.length;
    return part;
  }
}
