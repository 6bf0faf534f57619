/** The command line of `port21`: what it takes, what it says of itself, and where it errs. */
import { readFileSync } from "node:fs";
import { isIP, isIPv4 } from "node:net";
import { parseArgs } from "node:util";
import { type CreateServerOptions, type SetupChanges, UsageError } from "./api.ts";
import { SCENARIO_NAMES } from "./scenarios.ts";
import { DIALECTS, SETUP_NAMES, SETUPS } from "./setups.ts";

/** What `--help` prints. */
export const HELP = `usage: port21 [options]

An FTP server in memory that answers as a well-known one does. What clients store
is gone when it ends. It listens on this machine alone unless --host says otherwise.

  --port N               the port, 0 for a free one (default 2121)
  --host ADDRESS         the address to listen on (default 127.0.0.1)
  --dialect NAME         ${DIALECTS.join(", ")} (default proftpd)
  --scenario NAME        what it serves (default reference-main; all are listed below)
  --tls                  offer TLS, with a certificate made at start
  --cert FILE --key FILE offer TLS with your own certificate and key (PEM)
  --pasv-range A-B       the ports for passive data connections
  --pasv-address IP      the address that 227 announces

Limits (0 for none):
  --max-connections N    control connections at once (4096)
  --max-per-address N    the same from one address (2048)
  --login-timeout S      seconds to log in         (the scenario's own)
  --idle-timeout S       seconds without a command (the scenario's own)
  --data-timeout S       seconds without data      (the scenario's own)
  --max-line N           bytes of one command line (65536)
  --max-upload MIB       MiB that all uploads may hold (1024)
  --help                 this text

Scenarios:
${SETUP_NAMES.map((name) => `  reference-${name.padEnd(12)} ${SETUPS[name]}`).join("\n")}
  from the lessons: ${SCENARIO_NAMES.filter((name) => !name.startsWith("reference-")).join(", ")}

The account of the reference scenarios is ftptest, its password guestpass.`;

const OPTIONS = {
  port: { type: "string", default: "2121" },
  host: { type: "string", default: "127.0.0.1" },
  dialect: { type: "string" },
  scenario: { type: "string", default: "reference-main" },
  tls: { type: "boolean", default: false },
  cert: { type: "string" },
  key: { type: "string" },
  "pasv-range": { type: "string" },
  "pasv-address": { type: "string" },
  "max-connections": { type: "string", default: "4096" },
  "max-per-address": { type: "string", default: "2048" },
  "login-timeout": { type: "string" },
  "idle-timeout": { type: "string" },
  "data-timeout": { type: "string" },
  "max-line": { type: "string", default: "65536" },
  "max-upload": { type: "string", default: "1024" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const MIB = 1_048_576;

/**
 * What the arguments ask for, or "help".
 * @throws UsageError with what is wrong and what to write instead.
 */
export function readOptions(args: readonly string[]): CreateServerOptions | "help" {
  const values = parse(args);
  if (values.help) return "help";
  const bound = (name: "max-connections" | "max-per-address" | "max-line") =>
    number(`--${name}`, values[name], 0) || Infinity;
  const { host } = values;
  if (isIP(host) === 0) {
    throw new UsageError(
      `--host "${host}" is no address.\nWrite one in numbers: 127.0.0.1, ::1, 0.0.0.0 …`,
    );
  }
  const dialect = DIALECTS.find((name) => name === values.dialect);
  if (values.dialect !== undefined && dialect === undefined) {
    throw new UsageError(
      `There is no dialect "${values.dialect}".\nThere are: ${DIALECTS.join(", ")}.`,
    );
  }
  return {
    port: number("--port", values.port, 0, 65_535),
    host,
    ...(dialect !== undefined && { dialect }),
    scenario: values.scenario,
    tls: keys(values.cert, values.key) ?? values.tls,
    trace: false,
    setup: changes(values),
    guards: {
      connections: bound("max-connections"),
      perAddress: bound("max-per-address"),
      line: bound("max-line"),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    // node's first sentence names the option; what follows speaks of other things.
    const dash = /'(--[a-z-]+)' argument is ambiguous/.exec(String(error))?.[1];
    if (dash !== undefined) throw new UsageError(`${dash}: a value cannot begin with "-".`);
    const [words = ""] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new UsageError(`${words.replace(/\.$/, "")}.\nport21 --help lists the options.`);
  }
}

type Values = ReturnType<typeof parse>;

/** What differs from the scenario's own server. */
function changes(values: Values): SetupChanges {
  const seconds = (name: "login-timeout" | "idle-timeout" | "data-timeout") =>
    values[name] === undefined ? undefined : number(`--${name}`, values[name], 0) || Infinity;
  const login = seconds("login-timeout");
  const idle = seconds("idle-timeout");
  const data = seconds("data-timeout");
  const upload = number("--max-upload", values["max-upload"], 0);
  const { "pasv-range": range, "pasv-address": announce } = values;
  if (announce !== undefined && !isIPv4(announce)) {
    throw new UsageError(
      `--pasv-address "${announce}" is no IPv4 address.\nWrite four numbers: 192.0.2.1.`,
    );
  }
  return {
    passive: {
      ...(range !== undefined && { ports: portRange(range) }),
      ...(announce !== undefined && { announce }),
    },
    timeouts: {
      ...(login !== undefined && { login }),
      ...(idle !== undefined && { idle }),
      ...(data !== undefined && { accept: data, stalled: data }),
    },
    ...(upload > 0 && { quota: upload * MIB }),
  };
}

function portRange(text: string): readonly [number, number] {
  const [, low = 0, high = 0] = /^(\d{1,5})-(\d{1,5})$/.exec(text)?.map(Number) ?? [];
  if (low >= 1 && low <= high && high <= 65_535) return [low, high];
  throw new UsageError(
    `--pasv-range is "${text}".\nWrite the lowest and the highest port: 50000-50100.`,
  );
}

function number(option: string, text: string, least: number, most = Infinity): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  throw new UsageError(`${option} is "${text}".\nWrite a whole number, ${range}.`);
}

/** Both files, or neither. */
function keys(cert: string | undefined, key: string | undefined) {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    const [has, lacks] = cert === undefined ? ["--key", "--cert"] : ["--cert", "--key"];
    throw new UsageError(`${has} needs ${lacks} beside it.\nWrite both, or --tls alone.`);
  }
  return { cert: read("--cert", cert), key: read("--key", key) };
}

function read(option: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${option}: ${why}.\nName a PEM file that can be read.`);
  }
}
