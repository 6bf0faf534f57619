/** What our server shall reach, beside the others of the same run. */

/** A goal for one operation. */
export interface Goal {
  readonly words: string;
  /**
   * "yes", or by how much it is missed, and who was not there to compare with; "–" if nobody was.
   */
  verdict(figure: (target: string) => number): string;
}

/** At least so many times the others' figures. */
function atLeast(factors: Readonly<Record<string, number>>): Goal {
  const parts = Object.entries(factors);
  return {
    words: parts.map(([name, factor]) => `${factor} × ${name}`).join(", "),
    verdict(figure) {
      const ratios = parts
        .map(([name, factor]) => ({ name, factor, ratio: figure("ours") / figure(name) }))
        .filter(({ ratio }) => !Number.isNaN(ratio));
      if (ratios.length === 0) return "–";
      const there = ratios.map(({ name }) => name);
      const without = parts.filter(([name]) => !there.includes(name)).map(([name]) => name);
      const missed = ratios.filter(({ factor, ratio }) => ratio < factor);
      const said = missed.map(({ name, ratio }) => `${ratio.toFixed(2)} × ${name}`).join("; ");
      return `${said || "yes"}${without.length > 0 ? `, without ${without.join(", ")}` : ""}`;
    },
  };
}

/** At most so much. */
function atMost(most: number, unit: string): Goal {
  return {
    words: `≤ ${most} ${unit}`,
    verdict: (figure) => (figure("ours") > most ? `${figure("ours").toFixed(1)} ${unit}` : "yes"),
  };
}

/** The goals by the name of the operation. */
export const GOALS: Readonly<Record<string, Goal>> = {
  "NOOP in sequence, /s": atLeast({ raw: 0.9, "ftp-srv": 1.25, pyftpdlib: 1 }),
  "1000 NOOPs in one write, /s": atLeast({ "pure-ftpd": 4 }),
  "login + QUIT, /s": atLeast({ raw: 0.75, "ftp-srv": 1.4, pyftpdlib: 1 }),
  "PASV + RETR 1 KiB, /s": atLeast({ raw: 0.85, vsftpd: 1 }),
  "RETR 1 GiB, MB/s": atLeast({ raw: 0.85, vsftpd: 1.3 }),
  "STOR 256 MiB, MB/s": atLeast({ raw: 0.85, vsftpd: 1 }),
  "LIST of 100,000: first byte, ms": atMost(10, "ms"),
  "LIST of 100,000: last byte, ms": atMost(120, "ms"),
  "another's NOOP during RETR, longest ms": atMost(10, "ms"),
  "another's NOOP during LIST, longest ms": atMost(10, "ms"),
  "an idle session, KiB": atMost(16, "KiB"),
};
