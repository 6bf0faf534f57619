/** Pure-FTPd's uploads: STOR, APPE and STOU. */
import type { Octets } from "../../bytes.ts";
import { mayChange, openForWriting } from "../../fs/change.ts";
import { Written } from "../../fs/contents.ts";
import { type File, may } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { isSane, look, place, reveal } from "./pure-ftpd-paths.ts";
import { type Cut, Meter, openData } from "./pure-ftpd-port.ts";
import { ABORTED, DONE, isUnsafe, NO_NAME, UNSAFE } from "./pure-ftpd-retr.ts";
import { count, isGuest, setCount, tell, writer } from "./pure-ftpd-turn.ts";

const NO_OVERWRITING = "Anonymous users may not overwrite existing files";
/** 0777 without the umask 022: it leaves the x that others take away. */
const MODE = 0o755;

export function stor(turn: Turn): void {
  const path = reveal(turn.argument);
  if (path === "") tell(turn, 501, NO_NAME);
  else store(turn, path, []);
}

/**
 * The name is made of the time and a number. From the first STOU on, all uploads of the session are
 * written to a file of their own, which takes its place only at the end.
 */
export function stou(turn: Turn): void {
  const number = count(turn, "unique");
  setCount(turn, "unique", (number + 1) & 0xffff);
  const hex = (value: number, width: number) => value.toString(16).padStart(width, "0");
  const micros = ((turn.now % 1000) * 1000) & 0xff;
  const name = `pureftpd.${hex(Math.floor(turn.now / 1000), 8)}.${hex(micros, 2)}.${hex(number, 4)}`;
  setCount(turn, "atomic", 1);
  store(turn, name, [`FILE: ${name}`]);
}

/** A file that is open, and what puts it where it belongs when all has come: or why that cannot be. */
interface Open {
  readonly file: File;
  readonly settle: (now: number) => string | undefined;
}

type Refused = readonly [code: number, why: string];

/**
 * Rules in order: no restart in a text; what guests may; a name without backslash; it can be opened.
 * Only then is the data connection looked for, and by then the old file is empty.
 */
function store(turn: Turn, path: Octets, lead: readonly Octets[]): void {
  const { session, env } = turn;
  const unsafe = isUnsafe(turn);
  const wanted = session.restart;
  session.restart = 0;
  const refuse = (code: number, why: string) => tell(turn, code, ...lead, why);
  if (unsafe) return refuse(503, UNSAFE);
  const guest = isGuest(turn);
  if (guest && env.setup.anonymous?.uploads === undefined) return refuse(550, NO_OVERWRITING);
  if (!isSane(turn, path)) return refuse(553, `Prohibited file name: ${path}`);
  const aside = wanted > 0 || count(turn, "atomic") > 0;
  const opened = aside ? openAside(turn, path, wanted) : openThere(turn, path);
  if (!("file" in opened)) return refuse(...opened);
  const { file, settle } = opened;
  const { size } = file.contents;
  if (guest && size > 0) return refuse(550, NO_OVERWRITING);
  const from = Math.min(turn.verb === "APPE" ? size : wanted, size);
  const contents = new Written();
  contents.write(0, file.contents.slice(0, from));
  file.contents = contents;
  receive(turn, path, lead, from, contents, settle);
}

function receive(
  turn: Turn,
  path: Octets,
  lead: readonly Octets[],
  from: number,
  contents: Written,
  settle: Open["settle"],
): void {
  const { env, session } = turn;
  const text = session.type === "A";
  const meter = new Meter(text);
  const end = (at: Turn, code: number, why: Octets[], last: Octets) => {
    const error = settle(at.now);
    const unsettled = error === undefined ? [] : [`Rename/move failure: ${error}`];
    setCount(at, "uploaded", count(at, "uploaded") + meter.bytes);
    tell(at, code, ...meter.take(), ...why, ...unsettled, last, ...meter.speed(at));
  };
  const cut = (at: Turn, why: Cut) => {
    // What a full disk has not taken was never sent, by its account.
    if (why === "full") meter.bytes = 0;
    end(at, 451, WHY[why], ABORTED);
  };
  openData(turn, {
    name: path,
    polled: true,
    lead,
    meter,
    done: (at) => end(at, 226, [], DONE),
    broken: (at) => cut(at, "broken"),
    cut,
    sink(bytes) {
      const piece = text ? bytes.filter((byte) => byte !== 13) : bytes;
      const { house, setup } = env;
      if (house.uploaded + piece.length > (setup.quota ?? Infinity)) {
        return (at) => {
          settle(at.now);
          tell(at, 552, `Quota exceeded: [${path}] won't be saved`);
        };
      }
      house.uploaded += piece.length;
      contents.write(from + meter.bytes, piece);
      meter.bytes += piece.length;
      return true;
    },
  });
}

const WHY: Readonly<Record<Cut, Octets[]>> = {
  broken: ["Error during read from data connection"],
  stalled: ["Timeout"],
  aborted: [],
  full: ["Error during write to file"],
};

const cannot = (why: string): Refused => [553, `Can't open that file: ${why}`];

/** Opens the file where it stands; a link is not followed. */
function openThere(turn: Turn, path: Octets): Open | Refused {
  const found = look(turn, path.replace(/(.)\/+$/, "$1"), false);
  const where = place(turn, path);
  if ("node" in found && found.node.type === "dir") return cannot("Is a directory");
  if ("error" in where) return cannot(where.error);
  if (path.endsWith("/")) return cannot("Is a directory");
  if ("node" in found && found.node.type === "link")
    return cannot("Too many levels of symbolic links");
  const file = openForWriting(where, writer(turn), turn.now, true);
  if ("error" in file) return cannot(file.error);
  if (!("node" in found)) file.mode = MODE;
  return {
    file,
    settle(now) {
      file.mtime = now;
      return undefined;
    },
  };
}

/**
 * Opens a file aside: a new one, or for REST the old one, which is first moved there. What goes wrong
 * after that takes the old one with it.
 */
function openAside(turn: Turn, path: Octets, restart: number): Open | Refused {
  if (path.endsWith("/")) return [553, `Prohibited file name: ${path}`];
  const person = writer(turn);
  const where = place(turn, path);
  const dots = /(^|\/)\.{1,2}$/.test(path);
  if ("error" in where && !dots) return cannot(where.error);
  const { folder, name } = "error" in where ? { folder: undefined, name: "" } : where;
  const there = restart > 0 ? folder?.children.get(name) : undefined;
  if (folder !== undefined && !mayChange(folder, person)) {
    if (there === undefined) return cannot("Permission denied");
    return [553, "Rename/move failure: Permission denied"];
  }
  if (there?.type === "dir") return cannot("Is a directory");
  if (there !== undefined) {
    folder?.children.delete(name);
    if (there.type === "link") return cannot("Too many levels of symbolic links");
    if (!may(there, person, 2)) return cannot("Permission denied");
  }
  const { user: owner, group } = person;
  const { now: mtime } = turn;
  const parent = folder ?? turn.env.tree.root;
  const file: File = there ?? {
    type: "file",
    name,
    mode: MODE,
    mtime,
    owner,
    group,
    parent,
    contents: new Written(),
  };
  return {
    file,
    settle(now) {
      if (folder === undefined) return "Device or resource busy";
      if (folder.children.get(name)?.type === "dir") return "Is a directory";
      file.mtime = now;
      folder.mtime = now;
      folder.children.set(name, file);
      return undefined;
    },
  };
}
