/**
 * Where our `proftpd` may differ from the real one, and why: scenario → reason → the numbers of the
 * commands that come out otherwise. One that explains nothing fails the test.
 */
export const EXPLAINED: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {};
