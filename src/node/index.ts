/** The package: an FTP server in memory, on a real port, for other people's tests. */
export * from "./api.ts";
export { createServer } from "./server.ts";
export type { Fact } from "../sim/facts.ts";
export type { DialectName, FtpSetup, Scenario } from "../sim/scenario.ts";
