/** The programs that ask about names and addresses: host, getent, hosts and ip, with the words of bind, glibc and iproute2. */
import { canonical } from "../net/address.ts";
import { atOnce } from "./basics.ts";
import { warn } from "./files.ts";
import { flagError, readFlags } from "./flags.ts";

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
    if (kinds[1] === "" && family === undefined && isAddress(name)) {
      // Of an address it asks the name, and none here has one but this computer itself.
      if (/^(127\.0\.0\.1|::1)$/.test(name)) say(`${name.padEnd(15)} localhost`);
      else status = 2;
      continue;
    }
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
  const [object, command = "show", ...rest] = words
    .slice(1)
    .filter((word) => !word.startsWith("-"));
  const known = options.every((option) => /^-(?:[46]|br|brief|c|color)$/.test(option));
  const asks = object !== undefined && "address".startsWith(object);
  const [device, ...more] = rest[0] === "dev" ? rest.slice(1) : rest;
  const shows = ["show", "list", "ls", "s", "sh", "l"].includes(command);
  if (!known || !asks || !shows || more.length > 0) {
    for (const line of IP_USAGE) warn(context, line);
    return 255;
  }
  const links = linksOf(context.net.addresses ?? []);
  const shown = links.filter(({ name }) => device === undefined || device === name);
  if (shown.length === 0) {
    warn(context, `Device "${device}" does not exist.`);
    return 1;
  }
  const only = options.includes("-6") ? 6 : options.includes("-4") ? 4 : undefined;
  const fits = ({ address }: Held): boolean =>
    only === undefined || address.includes(":") === (only === 6);
  const brief = options.some((option) => option.startsWith("-b"));
  for (const link of shown) {
    const held = link.held.filter(fits);
    if (held.length === 0 && only !== undefined) continue;
    for (const line of brief ? [briefly(link, held)] : atLength(link, held, only))
      context.screen.say(`${line}\r\n`);
  }
  return 0;
});

/** An address as an interface holds it. */
interface Held {
  readonly address: string;
  readonly length: number;
  readonly scope: "host" | "global" | "link";
}

/** A network interface. */
interface Link {
  readonly number: number;
  readonly name: string;
  readonly flags: string;
  readonly mtu: number;
  readonly queue: string;
  readonly state: string;
  readonly hardware: string;
  readonly held: readonly Held[];
}

function linksOf(own: readonly string[]): readonly Link[] {
  const mac = hardware(own[0] ?? "");
  const held = own.map((address): Held => ({
    address,
    length: address.includes(":") ? 64 : 24,
    scope: "global",
  }));
  // Who speaks IPv6 has an address for the cable alone as well (RFC 4291 §2.8).
  if (own.some((address) => address.includes(":")))
    held.push({ address: linkLocal(mac), length: 64, scope: "link" });
  return [
    {
      number: 1,
      name: "lo",
      flags: "LOOPBACK,UP,LOWER_UP",
      mtu: 65_536,
      queue: "noqueue",
      state: "UNKNOWN",
      hardware: "loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00",
      held: [
        { address: "127.0.0.1", length: 8, scope: "host" },
        { address: "::1", length: 128, scope: "host" },
      ],
    },
    {
      number: 2,
      name: "eth0",
      flags: "BROADCAST,MULTICAST,UP,LOWER_UP",
      mtu: 1500,
      queue: "fq_codel",
      state: "UP",
      hardware: `ether ${mac} brd ff:ff:ff:ff:ff:ff`,
      held,
    },
  ];
}

function briefly({ name, state }: Link, held: readonly Held[]): string {
  const addresses = held.map(({ address, length }) => `${address}/${length}`).join(" ");
  return `${name.padEnd(17)}${state.padEnd(15)}${addresses} `;
}

function atLength(link: Link, held: readonly Held[], only: 4 | 6 | undefined): readonly string[] {
  const { number, name, flags, mtu, queue, state } = link;
  // Of IPv6 alone the kernel is asked another way, and tells less of the interface.
  const [discipline, group] = only === 6 ? ["", ""] : [`qdisc ${queue} `, "group default "];
  const lines = [
    `${number}: ${name}: <${flags}> mtu ${mtu} ${discipline}state ${state} ${group}qlen 1000`,
  ];
  if (only === undefined) lines.push(`    link/${link.hardware}`);
  for (const { address, length, scope } of held) {
    const six = address.includes(":");
    const all = six || scope === "host" ? "" : ` brd ${address.replace(/\d+$/, "255")}`;
    lines.push(
      `    inet${six ? "6" : ""} ${address}/${length}${all} scope ${scope}${six ? "" : ` ${name}`}`,
      "       valid_lft forever preferred_lft forever",
    );
  }
  return lines;
}

/** The address that an interface makes itself of its hardware's (RFC 4291 appendix A). */
function linkLocal(mac: string): string {
  const bytes = mac.split(":").map((byte) => Number.parseInt(byte, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const groups = [(a ^ 2) * 256 + b, c * 256 + 0xff, 0xfe00 + d, e * 256 + f];
  return canonical(`fe80::${groups.map((group) => group.toString(16)).join(":")}`);
}

/** A made-up hardware address of the locally administered kind (IEEE 802: second bit set). */
function hardware(address: string): string {
  const bytes = address.split(".").map((n) => (Number(n) & 255).toString(16).padStart(2, "0"));
  return ["02", "00", ...bytes, "00", "00", "00", "00"].slice(0, 6).join(":");
}
