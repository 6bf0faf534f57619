/** The command line of nc: `ncOptions(words)`, with the words of netcat-openbsd 1.219 where it errs. */
import { flagError, readFlags } from "./flags.ts";

/** What nc is asked to do. */
export interface NcOptions {
  readonly listen: boolean;
  /** Takes the next call when one is over. */
  readonly keep: boolean;
  readonly verbose: boolean;
  /** No look-ups: addresses and port numbers only. */
  readonly numeric: boolean;
  /** CR LF instead of LF behind each line. */
  readonly crlf: boolean;
  /** Sends FIN when the input is at its end. */
  readonly shut: boolean;
  /** Does not read the keyboard. */
  readonly deaf: boolean;
  /** Dials and says so, and sends nothing. */
  readonly scan: boolean;
  readonly family: 4 | 6 | undefined;
  /** Seconds for the dial and for silence. */
  readonly wait: number | undefined;
  /** Seconds after the end of the input, then nc leaves. */
  readonly quit: number | undefined;
  readonly from: number | undefined;
  readonly host: string;
  readonly ports: readonly number[];
}

const USAGE = [
  "usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]",
  "\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]",
  "\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]",
  "\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]",
  "\t  [destination] [port]",
];

const SUMMARY: readonly (readonly [string, string])[] = [
  ["-4", "Use IPv4"],
  ["-6", "Use IPv6"],
  ["-C", "Send CRLF as line-ending"],
  ["-h", "This help text"],
  ["-k", "Keep inbound sockets open for multiple connects"],
  ["-l", "Listen mode, for inbound connects"],
  ["-N", "Shutdown the network socket after EOF on stdin"],
  ["-n", "Suppress name/port resolutions"],
  ["-p port", "Specify local port for remote connects"],
  ["-q secs", "quit after EOF on stdin and delay of secs"],
  ["-v", "Verbose"],
  ["-w timeout", "Timeout for connects and final net reads"],
  ["-z", "Zero-I/O mode [used for scanning]"],
];

/** The names of ports in /etc/services that are met here. */
const SERVICES: Readonly<Record<string, number>> = {
  "ftp-data": 20,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  http: 80,
  pop3: 110,
  https: 443,
  "ftps-data": 989,
  ftps: 990,
  iprop: 2121,
};

/** A port's name as nc -v tells it, or "*". */
export function serviceName(port: number): string {
  return Object.keys(SERVICES).find((name) => SERVICES[name] === port) ?? "*";
}

/** So many ports one scan may try. */
const MOST_PORTS = 1024;

/** Reads the command line, or gives the lines that nc says instead (and its status). */
export function ncOptions(
  words: readonly string[],
): NcOptions | { readonly says: readonly string[]; readonly status: number } {
  const { flags, rest, wrong } = readFlags(words, "46CdhklNnp:q:vw:z");
  const refuse = (...says: string[]) => ({ says, status: 1 });
  if (wrong !== undefined) {
    // Letters that the real one knows are no mistake, but this one has no use for them.
    if (wrong.why === "unknown" && "bDFIiMmOPrSsTtUuVWXxZ".includes(wrong.letter))
      return refuse(`(The real nc has -${wrong.letter}. This one does not.)`);
    return refuse(flagError("nc", wrong), ...USAGE);
  }
  if (flags.has("h")) {
    return {
      says: [
        "OpenBSD netcat",
        ...USAGE,
        "\tCommand Summary, of what there is here:",
        ...SUMMARY.map(([flag, text]) => `\t\t${flag.padEnd(14)}${text}`),
      ],
      status: 0,
    };
  }
  const listen = flags.has("l");
  if (listen && flags.has("z")) return refuse("nc: cannot use -z and -l");
  if (!listen && flags.has("k")) return refuse("nc: must use -l with -k");
  const seconds = (letter: string, name: string): number | string | undefined => {
    const value = flags.get(letter);
    if (value === undefined) return undefined;
    return /^\d{1,7}$/.test(value) ? Number(value) : `nc: ${name} invalid: ${value}`;
  };
  const wait = seconds("w", "timeout");
  const quit = seconds("q", "quit timer");
  if (typeof wait === "string") return refuse(wait);
  if (typeof quit === "string") return refuse(quit);

  // Listening: `nc -l 50000`, `nc -l -p 50000` and `nc -l ADDRESS 50000` are all right.
  const p = flags.get("p");
  const [host, port] = listen && rest.length < 2 ? ["", rest[0] ?? p] : [rest[0] ?? "", rest[1]];
  if (rest.length > 2 || (listen && p !== undefined && rest.length > 0) || (!listen && host === ""))
    return refuse(...USAGE);
  if (port === undefined) return refuse("nc: missing port number");
  const one = listen ? localPort(port) : undefined;
  const ports = typeof one === "number" ? [one] : (one ?? portRange(port));
  if (typeof ports === "string") return refuse(ports);
  const from = listen || p === undefined ? undefined : localPort(p);
  if (typeof from === "string") return refuse(from);
  return {
    listen,
    keep: flags.has("k"),
    verbose: flags.has("v"),
    numeric: flags.has("n"),
    crlf: flags.has("C"),
    shut: flags.has("N"),
    scan: flags.has("z"),
    deaf: flags.has("d"),
    family: flags.has("4") ? 4 : flags.has("6") ? 6 : undefined,
    wait,
    quit,
    from: from === 0 ? undefined : from,
    host,
    ports,
  };
}

/** One's own port, 0 for any: nc asks getaddrinfo what it means, which takes what is too large by 65536. */
function localPort(text: string): number | string {
  const port = onePort(text);
  if (typeof port === "number") return port;
  if (/^\d+$/.test(text)) return Number(text) % 65_536;
  return "nc: getaddrinfo: Servname not supported for ai_socktype";
}

function onePort(text: string): number | string {
  const known = Object.hasOwn(SERVICES, text) ? SERVICES[text] : undefined;
  if (known !== undefined) return known;
  if (!/^\d+$/.test(text)) return `nc: port number invalid: ${text}`;
  const port = Number(text);
  if (port < 1) return `nc: port number too small: ${text}`;
  return port > 65_535 ? `nc: port number too large: ${text}` : port;
}

function portRange(text: string): readonly number[] | string {
  const range = /^(\d+)-(\d+)$/.exec(text);
  const low = onePort(range?.[1] ?? text);
  const high = onePort(range?.[2] ?? text);
  if (typeof low === "string") return low;
  if (typeof high === "string") return high;
  const [from, to] = [Math.min(low, high), Math.max(low, high)];
  if (to - from >= MOST_PORTS)
    return `(So many ports at once are too many here: at most ${MOST_PORTS}.)`;
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
