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
    ranges: {
      "once in a hundred seconds the real one adds “The computer is your friend. Trust the computer”":
        [39],
    },
    "order-data": {
      "whether a reset is met while reading or while waiting is a race in the real one": [58],
    },
  },
};
