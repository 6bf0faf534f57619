/** The programs that ask about names and addresses: host, getent, hosts and ip, with the words of bind, glibc and iproute2. */
import { atOnce } from "./basics.ts";
import { warn } from "./files.ts";
import { flagError, readFlags } from "./flags.ts";
import type { ProgramContext } from "./program.ts";

const isAddress = (text: string): boolean => /^[\d.]+$/.test(text) || text.includes(":");

/** host: what addresses a name has. */
export const host = atOnce((words, context) => {
  const { flags, rest, wrong } = readFlags(words, "46at:v");
  const [name] = rest;
  if (wrong !== undefined || name === undefined) {
    if (wrong !== undefined) warn(context, flagError("host", wrong));
    warn(context, "Usage: host [-46av] [-t type] hostname [server]");
    return 1;
  }
  const say = (text: string): void => context.screen.say(`${text}\r\n`);
  if (isAddress(name)) {
    // No address of this little internet has a name of its own kept for it (PTR).
    say(`Host ${reversed(name)} not found: 3(NXDOMAIN)`);
    return 1;
  }
  const type = flags.get("t")?.toUpperCase();
  const found = context.net.lookup(name);
  if (found.length === 0) {
    say(`Host ${name} not found: 3(NXDOMAIN)`);
    return 1;
  }
  const four = found.filter((address) => !address.includes(":"));
  const six = found.filter((address) => address.includes(":"));
  if (type !== "AAAA") for (const address of four) say(`${name} has address ${address}`);
  if (type !== "A") for (const address of six) say(`${name} has IPv6 address ${address}`);
  if (type === "A" && four.length === 0) say(`${name} has no A record`);
  if (type === "AAAA" && six.length === 0) say(`${name} has no AAAA record`);
  if (type !== undefined && type !== "A" && type !== "AAAA") say(`${name} has no ${type} record`);
  return 0;
});

function reversed(address: string): string {
  return address.includes(":")
    ? `${address}.ip6.arpa.`
    : `${address.split(".").toReversed().join(".")}.in-addr.arpa.`;
}

/** getent: the same as programs ask it, for `hosts` and `ahosts`. */
export const getent = atOnce((words, context) => {
  const [, database, ...names] = words;
  const say = (text: string): void => context.screen.say(`${text}\r\n`);
  const hint = "Try `getent --help' or `getent --usage' for more information.";
  if (database === undefined) {
    warn(context, "getent: wrong number of arguments");
    warn(context, hint);
    return 1;
  }
  const kinds = /^(a?)hosts(?:v([46]))?$/.exec(database);
  if (kinds === null || (kinds[1] === "" && kinds[2] !== undefined)) {
    warn(context, `Unknown database: ${database}`);
    warn(context, "(hosts, ahosts, ahostsv4 and ahostsv6 are the ones there are here.)");
    return 1;
  }
  const family = kinds[2] === "4" ? 4 : kinds[2] === "6" ? 6 : undefined;
  let status = 0;
  for (const name of names) {
    const found = context.net.lookup(name, family);
    if (found.length === 0) status = 2;
    if (kinds[1] === "a") {
      for (const [at, address] of found.entries()) {
        const wide = address.padEnd(15);
        say(`${wide} STREAM ${at === 0 ? name : ""}`);
        say(`${wide} DGRAM  `);
        say(`${wide} RAW    `);
      }
      continue;
    }
    // `getent hosts` asks for IPv6 addresses first, and shows no others if there are any.
    const six = found.filter((address) => address.includes(":"));
    for (const address of six.length > 0 ? six : found) say(`${address.padEnd(15)} ${name}`);
  }
  return status;
});

/** hosts: who can be dialled. No other computer has this program. */
export const hosts = atOnce((_words, { computer, screen }) => {
  const rows = computer?.hosts ?? [];
  const width = Math.max(0, ...rows.map(({ name }) => name.length)) + 2;
  for (const { name, title } of rows)
    screen.say(`${name.padEnd(width)}${title}`.trimEnd() + "\r\n");
  screen.say("(host NAME tells an address, telnet NAME 21 dials.)\r\n");
});

const IP_USAGE = [
  "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }",
  "where  OBJECT := { address }     (The real ip has thirty more.)",
  "       OPTIONS := { -4 | -6 | -br[ief] }",
];

/** ip addr: this computer's own addresses. */
export const ip = atOnce((words, context) => {
  const options = words.slice(1).filter((word) => word.startsWith("-"));
  const [object, command = "show"] = words.slice(1).filter((word) => !word.startsWith("-"));
  const known = options.every((option) => /^-(?:[46]|br|brief|c|color)$/.test(option));
  const asks = object !== undefined && "address".startsWith(object);
  if (!known || !asks || !["show", "list", "ls", "s", "sh", "l"].includes(command)) {
    for (const line of IP_USAGE) warn(context, line);
    return 255;
  }
  const brief = options.some((option) => option.startsWith("-b"));
  const fits = (address: string): boolean =>
    !(options.includes("-4") && address.includes(":")) &&
    !(options.includes("-6") && !address.includes(":"));
  const own = (context.net.addresses ?? []).filter(fits);
  const loops = ["127.0.0.1/8", "::1/128"].filter(fits);
  if (brief) briefly(context, loops, own);
  else
    atLength(
      context,
      loops,
      own,
      options.some((option) => /[46]/.test(option)),
    );
  return 0;
});

const withLength = (address: string): string => `${address}/${address.includes(":") ? 64 : 24}`;

function briefly(
  { screen }: ProgramContext,
  loops: readonly string[],
  own: readonly string[],
): void {
  screen.say(`${"lo".padEnd(17)}${"UNKNOWN".padEnd(15)}${loops.join(" ")} \r\n`);
  screen.say(`${"eth0".padEnd(17)}${"UP".padEnd(15)}${own.map(withLength).join(" ")} \r\n`);
}

function atLength(
  { screen, net }: ProgramContext,
  loops: readonly string[],
  own: readonly string[],
  oneFamily: boolean,
): void {
  const say = (text: string): void => screen.say(`${text}\r\n`);
  const forever = (): void => say("       valid_lft forever preferred_lft forever");
  const family = (address: string): string => (address.includes(":") ? "inet6" : "inet");
  say(
    "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000",
  );
  if (!oneFamily) say("    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00");
  for (const address of loops) {
    const tail = address.includes(":") ? "scope host" : "scope host lo";
    say(`    ${family(address)} ${address} ${tail}`);
    forever();
  }
  if (own.length === 0 && oneFamily) return;
  say(
    "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000",
  );
  if (!oneFamily) say(`    link/ether ${hardware(net.addresses?.[0] ?? "")} brd ff:ff:ff:ff:ff:ff`);
  for (const address of own) {
    const six = address.includes(":");
    const all = six ? "" : ` brd ${address.replace(/\d+$/, "255")}`;
    say(`    ${family(address)} ${withLength(address)}${all} scope global${six ? "" : " eth0"}`);
    forever();
  }
}

/** A made-up hardware address of the locally administered kind (IEEE 802: second bit set). */
function hardware(address: string): string {
  const bytes = address.split(".").map((n) => (Number(n) & 255).toString(16).padStart(2, "0"));
  return ["02", "00", ...bytes, "00", "00", "00", "00"].slice(0, 6).join(":");
}
