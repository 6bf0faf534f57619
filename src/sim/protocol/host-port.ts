/** An address and a port as FTP writes them: `h1,h2,h3,h4,p1,p2` (RFC 959 §4.1.2). */
import type { Endpoint } from "../facts.ts";

/** 67.208.93.232 port 62843 as `67,208,93,232,245,123`: six bytes in decimal, the port's high byte first. */
export function formatHostPort({ address, port }: Endpoint): string {
  return `${address.replaceAll(".", ",")},${port >> 8},${port & 255}`;
}
