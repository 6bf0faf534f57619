/** Telnet's own commands among the words of a control connection. */
import type { Octets } from "../sim/bytes.ts";

/**
 * What stands in a line once telnet's commands are taken out. RFC 854: IAC (FF) and a command;
 * with WILL, WON'T, DO, DON'T (FB–FE) an option too; SB (FA) goes on to IAC SE; IAC IAC is one FF.
 */
export function spoken(line: Octets): Octets {
  return line.replace(/\xff(?:\xfa[^]*?\xff\xf0|[\xfb-\xfe][^]?|(\xff)|[^]?)/g, "$1");
}
