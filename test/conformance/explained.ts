/**
 * Where our dialects differ from the real servers, and why: dialect → scenario → reason → the numbers
 * of the commands that come out otherwise. One that explains nothing fails the test; docs/conformance.md
 * shows them.
 */
export const EXPLAINED: Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>>
> = {
  "pure-ftpd": {
    "transfer-quit": {
      "how much of a broken-off download was on its way depends on the buffers of two kernels": [6],
    },
  },
};
