/** The files that the recorded servers served (test/reference/tree.json), as a scenario's tree. */
import type { TreeEntry } from "../sim/scenario.ts";

/** What a set-up changes about the files. */
export type TreeKind =
  /** All of them. */
  | "full"
  /** The nine hidden files of the walk-through alone. */
  | "seed"
  /** All, and the files whose text a server shows as messages. */
  | "messages"
  /** All, and /incoming is open to everybody. */
  | "anonymous";

/** 13 June 2020, 09:20:00 UTC. */
const START = 1592040000;
const HIDDEN = [
  1591973977, 1592013477, 1592018214, 1592018870, 1592024965, 1592031888, 1592037063, 1592037484,
  1592038283,
];

/** The texts of the files that servers show as messages. */
export const MESSAGES = {
  top: "This is the top directory.\n",
  pub: "You are now in /pub.\nPlease do not upload here.\n",
  banner: "This is the top directory.\nSecond line of the banner.\n",
  login: "Welcome, ftptest.\n\n211 is a number at the start of a line.\nHave fun.\n",
} as const;

/** Name, contents, mode and minutes after `START`, in the order of the recordings' list. */
const FILES: readonly (readonly [string, string, string?])[] = [
  [
    "readme.txt",
    "Welcome to the FTP practice server.\n\nThis file has three lines of text, ended by LF only.\n",
  ],
  ["notes.txt", "First line, ended by CR LF.\r\nSecond line, ended by CR LF.\r\nLast line.\r\n"],
  ["photo.bin", ""],
  ["name with spaces.txt", "The name of this file has spaces.\n"],
  ['quote"d.txt', "The name of this file has a quote.\n"],
  ["üñï.txt", "Grüße, ñandú, naïve.\n"],
  ["zero.txt", ""],
  ["readonly.txt", "Look but do not touch.\n", "0440"],
  ["secret.txt", "Nobody may read this.\n", "0000"],
  ["pub/index.txt", "guide.txt\tHow to use this server\ndata.csv\tSome figures\n"],
  ["pub/guide.txt", guide()],
  ["pub/data.csv", "id,name\r\n1,Ada\r\n2,Grace\r\n3,Jon\r\n"],
  ["pub/sub/deep.txt", "You found the deepest file.\n"],
];

/** The tree of one kind, parents before children. */
export function referenceTree(kind: TreeKind): TreeEntry[] {
  const top: TreeEntry = { path: "/", type: "dir", mode: "0755", mtime: START + 1300 };
  const hidden = HIDDEN.map((mtime): TreeEntry => {
    const text = `fsp ftp check file ${mtime}`;
    return { path: `/.fspftpcheck.${mtime}`, type: "file", mode: "0660", mtime, text };
  });
  if (kind === "seed") return [top, ...hidden];
  const incoming = kind === "anonymous" ? "0777" : "0775";
  return [
    top,
    folder("/pub", 1000),
    folder("/pub/sub", 1060),
    folder("/incoming", 1120, incoming),
    folder("/empty", 1180),
    ...hidden,
    ...FILES.map(([name, text, mode = "0644"], i): TreeEntry => {
      const file = { path: `/${name}`, type: "file", mode, mtime: START + 60 * i } as const;
      return name === "photo.bin" ? { ...file, base64: photo() } : { ...file, text };
    }),
    ...(kind === "messages" ? messageFiles() : []),
    {
      path: "/pub/big.bin",
      type: "file",
      mode: "0644",
      mtime: START + 780,
      generate: { kind: "zeros", size: 16_777_216 },
    },
    {
      path: "/link-to-readme",
      type: "link",
      mode: "0777",
      mtime: START + 1240,
      target: "readme.txt",
    },
  ];
}

function folder(path: string, after: number, mode = "0755"): TreeEntry {
  return { path, type: "dir", mode, mtime: START + after };
}

function messageFiles(): TreeEntry[] {
  const files = [
    ["/pub/.message", MESSAGES.pub],
    ["/.message", MESSAGES.top],
    ["/.banner", MESSAGES.banner],
    ["/welcome.msg", MESSAGES.login],
  ] as const;
  return files.map(([path, text]) => {
    return { path, type: "file", mode: "0644", mtime: START, text };
  });
}

function guide(): string {
  const lines = Array.from({ length: 40 }, (_, i) => String(i + 1).padStart(2, "0"));
  return lines.map((number) => `Line ${number} of the guide.\n`).join("");
}

/** 4,096 bytes in which every value of a byte stands sixteen times. */
function photo(): string {
  return Buffer.from(Uint8Array.from({ length: 4096 }, (_, i) => i * 7 + 3)).toString("base64");
}
