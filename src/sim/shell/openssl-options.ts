/** The command line of `openssl s_client`: `readClient(words)`. */

/** What s_client is asked to do. */
export interface ClientOptions {
  readonly host: string;
  readonly port: number;
  /** Asks with AUTH TLS first, as FTP wants it. */
  readonly startTls: boolean;
  /** CR LF behind each line, as FTP wants it. */
  readonly crlf: boolean;
  /** Says little, takes no orders, and does not end with its input. */
  readonly quiet: boolean;
  readonly brief: boolean;
  /** Files for the TLS session: where to write it, and whose to take up again. */
  readonly sessionOut: string | undefined;
  readonly sessionIn: string | undefined;
  readonly family: 4 | 6 | undefined;
}

const FLAGS = ["-crlf", "-quiet", "-brief", "-4", "-6", "-tls1_2", "-ign_eof"];
const VALUES = ["-connect", "-starttls", "-sess_out", "-sess_in", "-servername"];

/** Reads the words behind `openssl`, or tells what is wrong with them. */
export function readClient(words: readonly string[]): ClientOptions | { says: readonly string[] } {
  const [, command, ...rest] = words;
  if (command !== "s_client") {
    return {
      says: [
        "Of openssl's many commands this computer has one:",
        "openssl s_client -quiet -crlf -starttls ftp -connect NAME:21",
      ],
    };
  }
  const given = new Map<string, string>();
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!.replace(/^--/, "-");
    if (FLAGS.includes(word)) given.set(word, "");
    else if (VALUES.includes(word)) {
      const value = rest[++at];
      if (value === undefined) return wrong(`Option ${word} needs a value`);
      given.set(word, value);
    } else if (word.startsWith("-")) return wrong(`Unknown option: ${word.slice(1)}`);
    else given.set("-connect", word);
  }
  const [, host = "", port = ""] = /^\[?(.*?)\]?:(\d+)$/.exec(given.get("-connect") ?? "") ?? [];
  if (host === "" || Number(port) < 1 || Number(port) > 65_535) {
    return wrong("say where to: -connect NAME:21");
  }
  const starttls = given.get("-starttls");
  if (starttls !== undefined && starttls !== "ftp") {
    return wrong(`Value must be one of: ftp (this one knows no ${starttls})`);
  }
  return {
    host,
    port: Number(port),
    startTls: starttls !== undefined,
    crlf: given.has("-crlf"),
    quiet: given.has("-quiet"),
    brief: given.has("-brief"),
    sessionOut: given.get("-sess_out"),
    sessionIn: given.get("-sess_in"),
    family: given.has("-6") ? 6 : given.has("-4") ? 4 : undefined,
  };
}

function wrong(what: string): { says: readonly string[] } {
  return { says: [`s_client: ${what}`, "s_client: Use -help for summary."] };
}
