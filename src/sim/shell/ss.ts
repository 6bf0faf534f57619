/** ss: the computer's sockets, with the columns of iproute2. */
import type { SocketRow } from "../net/network.ts";
import { atOnce } from "./basics.ts";
import { warn } from "./files.ts";
import { flagError, readFlags } from "./flags.ts";
import { serviceName } from "./nc-options.ts";

const USAGE = [
  "Usage: ss [ OPTIONS ]",
  "   -n, --numeric       don't resolve service names",
  "   -a, --all           display all sockets",
  "   -l, --listening     display listening sockets",
  "   -t, --tcp           display only TCP sockets",
  "   -4, --ipv4          display only IP version 4 sockets",
  "   -6, --ipv6          display only IP version 6 sockets",
];

/** Lists sockets. */
export const ss = atOnce((words, context) => {
  const { flags, rest, wrong } = readFlags(words, "natlp46H");
  if (wrong?.why === "unknown" && "BDEKMNOTVZbdefgimorsuwxz0".includes(wrong.letter)) {
    warn(context, `(The real ss has -${wrong.letter}. This one does not.)`);
    return 255;
  }
  if (rest.length > 0) {
    warn(context, "(The real ss takes filters. This one does not: it lists all.)");
    return 255;
  }
  if (wrong !== undefined) {
    warn(context, flagError("ss", wrong));
    for (const line of USAGE) warn(context, line);
    return 255;
  }
  const sockets = context.net.sockets?.() ?? [];
  const shown = sockets.filter(({ state, local }) => {
    if (flags.has("4") && local.address.includes(":")) return false;
    if (flags.has("6") && !local.address.includes(":")) return false;
    if (flags.has("a")) return true;
    if (flags.has("l")) return state === "LISTEN";
    // Without -a ss hides who only listens, and what is over and merely kept in mind.
    return state !== "LISTEN" && state !== "TIME-WAIT" && state !== "SYN-RECV";
  });
  const numeric = flags.has("n");
  const cells = shown.map((row) => columns(row, numeric, !flags.has("t")));
  const title = [
    ...(flags.has("t") ? [] : ["Netid"]),
    "State",
    "Recv-Q",
    "Send-Q",
    "Local Address",
    "Port",
    "Peer Address",
    "Port",
    "Process",
  ];
  const widths = title.map((text, at) =>
    Math.max(text.length, ...cells.map((row) => row[at]!.length)),
  );
  for (const row of flags.has("H") ? cells : [title, ...cells]) {
    context.screen.say(`${layOut(row, widths)}\r\n`);
  }
  return 0;
});

function columns(row: SocketRow, numeric: boolean, netid: boolean): readonly string[] {
  const port = (number: number): string => {
    const name = numeric ? "*" : serviceName(number);
    return name === "*" ? String(number) : name;
  };
  const address = (text: string): string => (text.includes(":") ? `[${text}]` : text);
  // A socket that hears both families is shown with a star, and so is whoever may call it.
  const anybody = row.local.address === "*" ? "*" : "0.0.0.0";
  return [
    ...(netid ? ["tcp"] : []),
    row.state,
    String(row.received),
    String(row.sent),
    address(row.local.address),
    port(row.local.port),
    row.remote === undefined ? anybody : address(row.remote.address),
    row.remote === undefined ? "*" : port(row.remote.port),
    "",
  ];
}

/** Addresses end where ports begin, at the colon. */
function layOut(row: readonly string[], widths: readonly number[]): string {
  const first = row.length - 5;
  let line = "";
  for (const [at, cell] of row.entries()) {
    const isAddress = at === first || at === first + 2;
    line += isAddress ? `${cell.padStart(widths[at]!)}:` : `${cell.padEnd(widths[at]!)} `;
  }
  return line.trimEnd();
}
