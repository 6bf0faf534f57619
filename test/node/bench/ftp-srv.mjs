// @ts-check
/**
 * ftp-srv with the files of the bench: `npm install --no-save ftp-srv` brings it. Without
 * arguments: ends, with 0 if it is there.
 */
/**
 * @typedef {{
 *   on(event: "login", run: (who: unknown, resolve: (answer: { root: string }) => void) => void): void;
 *   listen(): Promise<void>;
 * }} Server
 */
const name = "ftp-srv";
const { FtpSrv } = /** @type {{ FtpSrv: new (options: object) => Server }} */ (await import(name));
const [port, root = ""] = process.argv.slice(2);
if (port !== undefined) {
  const quiet = () => {};
  const levels = {
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: quiet,
    fatal: quiet,
  };
  /** @type {typeof levels & { child(): unknown }} */
  const log = { ...levels, child: () => log };
  const server = new FtpSrv({
    url: `ftp://127.0.0.1:${port}`,
    pasv_url: "127.0.0.1",
    log,
  });
  server.on("login", (_, resolve) => resolve({ root }));
  await server.listen();
  process.on("SIGTERM", () => process.exit(0));
}
