/** Who is measured: ours, Node's own limit, and the servers that are found on this machine. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Session } from "./client.ts";

/** A server under measurement. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Whether memory is its process's alone; a server that forks has many. */
  readonly single: boolean;
}

/** How one kind of server is started. `undefined` if it is not on this machine. */
type Starter = (home: string, work: string) => Promise<Target | undefined>;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const found = (program: string) => spawnSync("which", [program]).status === 0;

/** Starts a program that listens on a port of our choice, or says on which it does. */
async function start(
  name: string,
  single: boolean,
  command: (port: number) => readonly [string, ...string[]],
): Promise<Target | undefined> {
  const port = await freePort();
  const [program, ...args] = command(port);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (words) => (said += String(words)));
  const until = performance.now() + 20_000;
  while (performance.now() < until && child.exitCode === null) {
    const at = Number(/listening on \S+:(\d+)/.exec(said)?.[1] ?? port);
    const session = await Session.logIn(at).catch(() => undefined);
    if (session !== undefined) {
      session.close();
      return { name, port: at, process: child, single };
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  child.kill();
  console.error(`${name} did not start; it is left out.`);
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Every kind, in the order of the table. */
export const STARTERS: Readonly<Record<string, Starter>> = {
  ours: () =>
    start("ours", true, () => [
      process.execPath,
      file("ours.mjs"),
      process.env["DIALECT"] ?? "proftpd",
    ]),
  raw: () => start("raw", true, () => [process.execPath, file("raw.mjs")]),
  "ftp-srv": async (home) =>
    spawnSync(process.execPath, [file("ftp-srv.mjs")]).status !== 0
      ? undefined
      : start("ftp-srv", true, (port) => [
          process.execPath,
          file("ftp-srv.mjs"),
          String(port),
          home,
        ]),
  pyftpdlib: async (home) =>
    spawnSync("python3", ["-c", "import pyftpdlib"]).status !== 0
      ? undefined
      : start("pyftpdlib", true, (port) => [
          "python3",
          "-c",
          [
            "from pyftpdlib.authorizers import DummyAuthorizer as A",
            "from pyftpdlib.handlers import FTPHandler as H",
            "from pyftpdlib.servers import FTPServer",
            `H.authorizer = A(); H.authorizer.add_user('ftptest', 'guestpass', ${JSON.stringify(home)}, perm='elradfmwMT')`,
            `s = FTPServer(('127.0.0.1', ${port}), H); s.max_cons = 5000`,
            "import logging; logging.disable(logging.INFO)",
            "s.serve_forever()",
          ].join("\n"),
        ]),
  proftpd: async (home, work) => {
    if (!found("proftpd") || process.getuid?.() !== 0) return undefined;
    const [line = ""] =
      /^ftptest:[^:]+/m.exec(readFileSync(file("../../reference/conf/proftpd/passwd"), "utf8")) ??
      [];
    writeFileSync(join(work, "passwd"), `${line}:65534:65534::${home}:/bin/false\n`, {
      mode: 0o600,
    });
    const conf = join(work, "proftpd.conf");
    return start("proftpd", false, (port) => {
      writeFileSync(
        conf,
        `ServerType standalone\nDefaultServer on\nUseIPv6 off\nDefaultAddress 127.0.0.1\nPort ${port}
User nobody\nGroup nogroup\nDefaultRoot ~\nRequireValidShell off\nAuthPAM off\nAuthOrder mod_auth_file.c
AuthUserFile ${work}/passwd\nUseReverseDNS off\nWtmpLog off\nMaxInstances 2000\nTimesGMT on
PidFile ${work}/pid\nScoreboardFile ${work}/score\nDelayTable ${work}/delay\nSystemLog none\nTransferLog none
AllowOverwrite on\n`,
      );
      return ["proftpd", "-n", "-q", "-c", conf];
    });
  },
  vsftpd: async (home, work) => {
    if (!found("vsftpd") || process.getuid?.() !== 0) return undefined;
    const conf = join(work, "vsftpd.conf");
    return start("vsftpd", false, (port) => {
      writeFileSync(
        conf,
        `listen=YES\nlisten_address=127.0.0.1\nlisten_port=${port}\nbackground=NO\nanonymous_enable=YES
local_enable=NO\nwrite_enable=YES\nanon_root=${home}\nno_anon_password=NO\nanon_upload_enable=YES
anon_umask=022\nsecure_chroot_dir=${work}\nxferlog_enable=NO\nuse_localtime=NO\n`,
      );
      return ["vsftpd", conf];
    });
  },
  "pure-ftpd": async (home, work) => {
    if (!found("pure-ftpd") || !found("pure-pw") || process.getuid?.() !== 0) return undefined;
    const [passwd, pdb] = [join(work, "pure.passwd"), join(work, "pure.pdb")];
    const args = ["useradd", "ftptest", "-f", passwd, "-u", "65534", "-g", "65534", "-d", home];
    spawnSync("pure-pw", [...args, "-m", "-F", pdb], { input: "guestpass\nguestpass\n" });
    return start("pure-ftpd", false, (port) => [
      "pure-ftpd",
      ...`-S 127.0.0.1,${port} -l puredb:${pdb} -u 1000 -A -H -4 -E`.split(" "),
      ...`-c 2000 -C 2000 -L 200000:5`.split(" "),
    ]);
  },
};

/** The files of the bench on a disk, for servers that have one. */
export function makeHome(home: string): void {
  mkdirSync(join(home, "up"), { recursive: true, mode: 0o777 });
  spawnSync("chmod", ["777", join(home, "up")]);
  writeFileSync(join(home, "small.bin"), Buffer.alloc(1024));
  writeFileSync(join(home, "big.bin"), "");
  truncateSync(join(home, "big.bin"), 2 ** 30);
  mkdirSync(join(home, "many"), { recursive: true });
  for (let i = 0; i < 100_000; i++) {
    const path = join(home, "many", `file-${String(i).padStart(6, "0")}.txt`);
    writeFileSync(path, "");
    utimesSync(path, 1_592_040_000, 1_592_040_000);
  }
}
