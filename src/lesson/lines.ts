/** What kinds of lines a lesson has: what dials, agrees, moves or leaves. */
import type { Keys } from "./lesson.ts";

/** The commands that want a data connection. */
export const TRANSFERS = "LIST|NLST|MLSD|RETR|STOR|STOU|APPE";
/** Such a verb. */
export const MOVES = new RegExp(`^(?:${TRANSFERS})$`);
/** A verb whose bytes go to the server. */
export const STORES = /^(?:STOR|STOU|APPE)$/;
/** How a data connection is agreed on: the server listens, or it dials. */
export const AGREE = /^(?:PASV|EPSV|PORT .*|EPRT .*)$/;
/** A line that dials a server to talk to it. */
export const DIAL = /^(?:telnet [^{]*|openssl s_client [^{]*-starttls ftp [^{]*)$/;
/** A line that dials a port which the session names. */
export const TO_DATA = /^(?:telnet|nc|openssl) .*\{/;
/** A line that waits for a call. */
export const LISTEN = /^nc .*-\w*l/;
/** A line that starts or ends a program which dials or listens. */
export const PROGRAM = /^(?:ftp|telnet|nc|openssl|quit|bye)\b/;
/** Words by which a program is left. */
export const LEAVES = /^(?:quit|close|bye)$/;
/** The windows that there can be. */
export const WINDOWS = [1, 2, 3, 4, 5, 6];

/** The verb of a line, or the program's name. */
export function verbOf({ text }: Keys): string {
  return text.split(" ", 1)[0] ?? "";
}

/** Whether a line is for a server. */
export function isCommand({ text }: Keys): boolean {
  return /^[A-Z]/.test(text);
}

/** Whether a line is what a server says. */
export function isReply({ text }: Keys): boolean {
  return /^\d{3}\b/.test(text);
}
