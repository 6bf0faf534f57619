/**
 * Replaces what changes from run to run or from one machine to another: addresses, ports, clock
 * times, recent dates, process ids, inode facts, names the server made up, speeds and counters.
 * Wording, punctuation, spacing, line ends and layout stay.
 */

const MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
const DAY = "Mon|Tue|Wed|Thu|Fri|Sat|Sun";
/** The years of a recording; the reference tree's own dates are all of 2020 and stay. */
const LATE_YEAR = "20(?:2[4-9]|[3-9]\\d)";

/** Each rule works on what the ones before it left. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // The six numbers of PORT and 227; the frame around them is kept.
  [/(?<=[ (=])\d{1,3}(?:,\d{1,3}){5}(?=\D|$)/g, "<H,H,H,H,P,P>"],
  // 229 (|||port|), and EPRT's |1|127.0.0.1|12345|.
  [/(?<=\(\|\|\|)\d+(?=\|\))/g, "<PORT>"],
  [/\|[12]\|[0-9a-fA-F.:]+\|\d+\|/g, "|<AF>|<IP>|<PORT>|"],
  [/(?<=unique=)[0-9A-Za-z]+(?=;)/gi, "<UNIQUE>"],
  [/(?<=unix\.inode=)[0-9]+(?=;)/gi, "<INODE>"],
  [/(?:::ffff:)?(?:\d{1,3}\.){3}\d{1,3}/g, "<IP>"],
  [/(?<=port: )\d+|(?<=port )\d+/gi, "<PORT>"],
  [/(?<=pid[ :=])\s*\d+/gi, "<PID>"],
  // `ls -l` of a recent file has the time of day in the year's place.
  [new RegExp(`\\b(?:${MONTH}) [ 0-3]\\d \\d\\d:\\d\\d\\b`, "g"), "<RECENT_DATE>"],
  [
    new RegExp(
      `\\b(?:${DAY}) (?:${MONTH}) [ 0-3]\\d \\d\\d:\\d\\d:\\d\\d(?: [A-Z]{3,4})? ${LATE_YEAR}\\b`,
      "g",
    ),
    "<DATE>",
  ],
  [new RegExp(`\\b(?:${MONTH}) [ 0-3]\\d  ${LATE_YEAR}\\b`, "g"), "<RECENT_DATE>"],
  [new RegExp(`\\b${LATE_YEAR}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(?::\\d\\d)?\\b`, "g"), "<DATE>"],
  [new RegExp(`\\b${LATE_YEAR}\\d{10}(?:\\.\\d+)?\\b`, "g"), "<TIMESTAMP>"],
  // Names that STOU made up.
  [/(?<=FILE: )\S+/g, "<STOU>"],
  [/(?<=unique file name:)\s*\S+/g, "<STOU>"],
  [/\bftp[A-Za-z0-9_]{6}\b(?!\.)(?<!ftptest)/g, "<STOU>"],
  [/(?<=\.txt\.)[a-z0-9_]{8}(?=[\r\n.;]|$)/g, "<STOU>"],
  [/\bpureftpd\.[0-9A-Za-z.]+/g, "<STOU>"],
  [/\bftpd\.[0-9A-Za-z._]+/g, "<STOU>"],
  [
    /\d+\.\d+ seconds \(measured here\), \d+(?:\.\d+)? \S?bytes per second/gi,
    "<SECONDS> seconds (measured here), <SPEED> per second",
  ],
  [/\d+\.\d+ seconds \(measured here\)/gi, "<SECONDS> seconds (measured here)"],
  [/(?<=\()\d+(?:\.\d+)? (?:[KMG]?B|bytes)\/s(?:ec)?(?=\))/gi, "<SPEED>"],
  [/\b\d+(?:\.\d+)? Kb\/s\b/g, "<SPEED>"],
  [/uploaded \d+ and downloaded \d+ kbytes/g, "uploaded <N> and downloaded <N> kbytes"],
  [/\b\d+ bytes transmitted/g, "<N> bytes transmitted"],
  [/Transfer elapsed time: [\d.]+ secs?/g, "Transfer elapsed time: <SECONDS> secs"],
  [/Transfer speed: [\d.]+ \S*bytes\/sec/g, "Transfer speed: <SPEED>/sec"],
  [/Total bytes (?:sent|received): \d+/g, "Total bytes sent or received: <N>"],
  [/\b\d\d:\d\d(?::\d\d)?\b/g, "<TIME>"],
  [/^total \d+(?=\r?$)/gm, "total <BLOCKS>"],
  [/user number \d+ of \d+/g, "user number <N> of <MAX>"],
  [/client count was \d+/g, "client count was <N>"],
  // Where the tree lay on the machine of the recording.
  [/\/[^ ]*\/trees\/[a-z]+/g, "<HOME>"],
  [/(?<=Connected to: <IP>):\d+/g, ":<PORT>"],
];

/** A reply without what is volatile in it. */
export function normalise(text: string): string {
  return RULES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

const LS_LINE = /^([-dlbcps][-rwxsStT]{9}[.+@]?)(\s+\d+)(\s+\S+\s+\S+)(\s+\d+)(\s.*)$/s;

/**
 * A listing without what is volatile in it; besides, the numbers of links and the sizes of
 * directories, in which file systems differ. The width of a column is kept: `<LINKS:4>`.
 */
export function normaliseListing(text: string): string {
  const lines = normalise(text)
    .split("\n")
    .map((line) => {
      const parts = LS_LINE.exec(line);
      if (parts === null) return line;
      const [, mode = "", links = "", owner = "", size = "", rest = ""] = parts;
      const shown = mode.startsWith("d") ? `<DIRSIZE:${size.length}>` : size;
      return `${mode}<LINKS:${links.length}>${owner}${shown}${rest}`;
    });
  return lines
    .join("\n")
    .replace(/(type=[cp]?dir;[^ \n]*?)\bsize=\d+;/gi, "$1size=<DIRSIZE>;")
    .replace(/\bsize=\d+;([^ \n]*?type=[cp]?dir;)/gi, "size=<DIRSIZE>;$1")
    .replace(/sized=\d+;/gi, "sized=<DIRSIZE>;");
}
