/**
 * ping, with the words of iputils:
 * `ping [-46nq] [-c COUNT] [-i SECONDS] [-M do] [-s SIZE] [-W SECONDS] [-w SECONDS] HOST`.
 */
import { areNeighbours, aton, isForMany } from "../net/address.ts";
import type { Timer } from "../net/network.ts";
import { warn } from "./files.ts";
import { finished, flagError, readFlags } from "./flags.ts";
import { whyUnknown } from "./ports.ts";
import type { ProgramContext, Start } from "./program.ts";

/** What is left of a Linux computer's 64 behind the routers of this internet, and with none between. */
const TTL = 57;
const NEAR_TTL = 64;
/** Milliseconds that a computer needs for itself. */
const AT_ONCE = 0.031;
/** With -c, so long is waited for an answer to the last packet if none ever came. */
const LINGER = 10;
/** The largest packet that leaves this computer whole, with the headers of IP and of ICMP. */
const MTU = 1500;
const HEADERS = { 4: 28, 6: 48 } as const;
const MOST = 65_507;

interface Plan {
  readonly name: string;
  readonly address: string;
  readonly count: number;
  readonly every: number;
  readonly wait: number;
  /** Seconds after which all is over, whatever came. */
  readonly deadline: number | undefined;
  /** Bytes of data in each. */
  readonly size: number;
  /** It may not be cut into fragments on the way out (-M do). */
  readonly whole: boolean;
  readonly quiet: boolean;
}

/** Starts ping. */
export const ping: Start = (words, context) => {
  const asked = plan(words, context);
  if (typeof asked === "number") {
    context.exit(asked);
    return finished("ping");
  }
  const { name, address, count, every, wait, deadline, size, whole, quiet } = asked;
  const { screen, net } = context;
  const say = (text: string): void => screen.say(`${text}\r\n`);
  const six = address.includes(":");
  // The one address here whose name is asked for, and known, is one's own; who gives an address asks for none.
  const named = aton(name) === undefined && !name.includes(":");
  const whom = /^(127\.0\.0\.1|::1)$/.test(address) && named ? `localhost (${address})` : address;
  const near = net.addresses?.some((own) => areNeighbours(own, address)) ?? false;
  const times: number[] = [];
  const timers: Timer[] = [];
  let sent = 0;
  let errors = 0;
  /** So many were under way at once (iputils' "pipe"). */
  let pipe = 0;
  let over = false;

  function send(): void {
    const sequence = ++sent;
    // It may be answered at once, when the next packet is not thought of yet.
    if (sent < count) timers.push(net.after(every * 1000, send));
    else timers.push(net.after(wait * 1000, finish));
    if (whole && size + HEADERS[six ? 6 : 4] > MTU) {
      errors++;
      warn(context, `ping: local error: message too long, mtu=${MTU}`);
      if (errors >= count) finish();
      return;
    }
    net.ping?.(
      address,
      (answer) => {
        if (over) return;
        if (answer !== "timeout") pipe = Math.max(pipe, sent - sequence + 1);
        if (typeof answer === "number") {
          times.push(Math.max(answer, AT_ONCE));
          if (!quiet) {
            const ttl = answer === 0 || near ? NEAR_TTL : TTL;
            const time = shortTime(Math.max(answer, AT_ONCE));
            say(`${size + 8} bytes from ${whom}: icmp_seq=${sequence} ttl=${ttl} time=${time} ms`);
          }
        } else if (answer !== "timeout") {
          errors++;
          // One's own kernel says that no neighbour has the address; the firewall speaks for itself.
          const own = net.addresses?.find((one) => one.includes(":") === six) ?? "";
          const filtered = six
            ? "Destination unreachable: Administratively prohibited"
            : "Packet filtered";
          const missing = six
            ? "Destination unreachable: Address unreachable"
            : "Destination Host Unreachable";
          const [who, what] = answer === "filtered" ? [address, filtered] : [own, missing];
          if (!quiet) say(`From ${who} icmp_seq=${sequence} ${what}`);
        }
        if (times.length + errors >= count) finish();
      },
      context.window,
      size,
    );
  }

  function finish(): void {
    if (over) return;
    stop();
    say("");
    say(`--- ${name} ping statistics ---`);
    const lost = Math.round(((sent - times.length) / sent) * 1e4) / 100;
    const more = errors > 0 ? ` +${errors} errors,` : "";
    say(
      `${sent} packets transmitted, ${times.length} received,${more} ` +
        `${Math.trunc(lost * 1e4) / 1e4}% packet loss, time ${(sent - 1) * every * 1000}ms`,
    );
    const wide = pipe > 1 ? `pipe ${pipe}` : "";
    say([...(times.length > 0 ? [statistics(times)] : []), wide].filter(Boolean).join(", "));
    context.exit(times.length > 0 ? 0 : 1);
  }

  function stop(): void {
    over = true;
    for (const timer of timers) timer.cancel();
  }

  say(
    six
      ? `PING ${name}(${whom}) ${size} data bytes`
      : `PING ${name} (${address}) ${size}(${size + HEADERS[4]}) bytes of data.`,
  );
  if (deadline !== undefined) timers.push(net.after(deadline * 1000, finish));
  send();
  return {
    name: "ping",
    typed({ kind, text }) {
      if (over || kind !== "key" || text !== "\x03") return;
      (context.terminal ?? screen).echo("^C");
      finish();
    },
    hangUp: stop,
  };
};

function plan(words: readonly string[], context: ProgramContext): Plan | number {
  const { net } = context;
  const { flags, rest, wrong } = readFlags(words, "46nqc:i:M:W:w:s:");
  const refuse = (text: string, status: number): number => {
    warn(context, text);
    return status;
  };
  if (wrong !== undefined) {
    warn(context, flagError("ping", wrong));
    return refuse(
      "\r\nUsage\r\n  ping [-46nq] [-c count] [-i interval] [-M do] [-s size] [-W timeout] [-w deadline] <destination>",
      2,
    );
  }
  const name = rest.at(-1);
  if (name === undefined) return refuse("ping: usage error: Destination address required", 1);
  const count = flags.get("c");
  if (count !== undefined && !/^\d+$/.test(count))
    return refuse(`ping: invalid argument: '${count}'`, 1);
  if (count !== undefined && Number(count) < 1) {
    const range = "1 <= value <= 9223372036854775807";
    return refuse(`ping: invalid argument: '${count}': out of range: ${range}`, 1);
  }
  const size = flags.get("s") ?? "56";
  if (!/^\d+$/.test(size)) return refuse(`ping: invalid argument: '${size}'`, 1);
  if (Number(size) > MOST)
    return refuse(`ping: invalid argument: '${size}': out of range: 0 <= value <= ${MOST}`, 1);
  const discovery = flags.get("M");
  if (discovery !== undefined && !/^(do|dont|want|probe)$/.test(discovery))
    return refuse(`ping: invalid -M argument: ${discovery}`, 1);
  const every = Number(flags.get("i") ?? 1);
  if (!(every > 0)) return refuse(`ping: bad timing interval: '${flags.get("i")}'`, 1);
  const family = flags.has("4") ? 4 : flags.has("6") ? 6 : undefined;
  if (family !== undefined && /^[\d.]+$|:/.test(name) && (family === 6) !== name.includes(":")) {
    return refuse(`ping: ${name}: Address family for hostname not supported`, 2);
  }
  const [found] = net.lookup(name, family);
  if (found === undefined) return refuse(`ping: ${name}: ${whyUnknown(net, name, family)}`, 2);
  // Noughts mean this very computer (ip(7)).
  const address = found === "0.0.0.0" ? "127.0.0.1" : found === "::" ? "::1" : found;
  if (address.includes(":") && net.addresses?.some((own) => own.includes(":")) !== true) {
    return refuse("ping: connect: Network is unreachable", 2);
  }
  if (address.endsWith(".255") && isForMany(address, net.addresses ?? [])) {
    const why = "Do you want to ping broadcast? Then -b. If not, check your local firewall rules";
    return refuse(`ping: ${why}`, 2);
  }
  if (net.ping === undefined) return refuse("(Nobody answers a ping on this network.)", 2);
  return {
    name,
    address,
    count: count === undefined ? Infinity : Number(count),
    // Below this only root may; and a page that is asked for thousands a second stands still.
    every: Math.max(0.2, every),
    wait: Number(flags.get("W") ?? LINGER) || LINGER,
    deadline: Number(flags.get("w")) || undefined,
    size: Number(size),
    whole: discovery === "do",
    quiet: flags.has("q"),
  };
}

/** Milliseconds with three digits that count, as iputils prints them. */
function shortTime(milliseconds: number): string {
  if (milliseconds >= 100) return milliseconds.toFixed(0);
  return milliseconds.toFixed(milliseconds >= 10 ? 1 : milliseconds >= 1 ? 2 : 3);
}

function statistics(times: readonly number[]): string {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const squares = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length;
  const shown = [Math.min(...times), mean, Math.max(...times), Math.sqrt(squares)];
  return `rtt min/avg/max/mdev = ${shown.map((time) => time.toFixed(3)).join("/")} ms`;
}
