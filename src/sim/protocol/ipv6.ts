/** IPv6 addresses as text (RFC 4291 §2.2), and the one way to write each (RFC 5952). */

/** Whether an address is one of IPv6, where it is an address at all. */
export const isIpv6 = (address: string): boolean => address.includes(":");

/** The address as RFC 5952 wants it written, or undefined if it is none of IPv6. */
export function canonicalIpv6(text: string): string | undefined {
  const groups = groupsOf(text);
  if (groups === undefined) return undefined;
  const hex = groups.map((group) => group.toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** Four numbers from 0 to 255 with points between them. */
export function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/**
 * The eight groups, or undefined; `::` stands for as many zeros as are missing, and stands once. The
 * last two may be written as an IPv4 address.
 */
export function groupsOf(text: string): number[] | undefined {
  const halves = text.replace(/[^:]*\.[^:]*$/, fourInHex).split("::");
  const parts = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - parts.flat().length;
  if (!parts.flat().every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const [before = [], after = []] = parts;
  const number = (part: string) => Number.parseInt(part, 16);
  const zeros = Array.from({ length: missing }, () => 0);
  return [...before.map(number), ...zeros, ...after.map(number)];
}

/** `192.0.2.1` as the two groups that it makes; what is no address stays, and is refused later. */
function fourInHex(text: string): string {
  if (!isIpv4(text)) return text;
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
