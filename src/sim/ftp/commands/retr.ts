/** Fetching files: RETR (RFC 959 §4.1.3), and where it begins: REST (RFC 3659 §5), RANG. */
import { may } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { contentsStream } from "../stream.ts";
import type { CommandRow, CommandSpec } from "./spec.ts";

/**
 * Rules in order: a path must be given; it must lead to a regular file that may be read, and REST
 * to a place in it; only then is the data connection asked for. Every refusal also drops what PASV
 * had agreed.
 */
function retr(turn: Turn): void {
  const { session, env, person, argument } = turn;
  if (argument === null) {
    turn.drop();
    turn.badArguments();
    return;
  }
  const found = env.tree.find(turn.path, session.folder, person);
  const node = "error" in found ? undefined : found.node;
  const { restart, rangeEnd } = session;
  session.restart = 0;
  session.rangeEnd = null;
  const size = node?.type === "file" ? node.contents.size : 0;
  // RANG from the very start may ask for more than there is.
  const fits = restart <= size && (restart === 0 || (rangeEnd ?? 0) <= size);
  if (node?.type === "file" && may(node, person, 4) && fits) {
    const { contents } = node;
    const ascii = session.type === "A";
    const end = Math.min(size, rangeEnd ?? size);
    turn.transfer({
      name: argument,
      // In binary the kernel sends the file by itself (sendfile) and the server hears nothing.
      polled: ascii || env.setup.options?.includes("nosendfile") === true,
      stream: () => contentsStream(contents, restart, ascii, end),
      begin: (at) => at.say("file-begins", { name: argument, ascii, bytes: end - restart, size }),
      done: (at) => at.say("transfer-done", {}),
    });
    return;
  }
  turn.drop();
  if ("error" in found) turn.say("no-path", { path: argument, why: found.error });
  else if (node?.type !== "file") turn.say("not-a-file", { path: argument });
  else if (may(node, person, 4)) {
    turn.say("beyond-end", { path: argument, restart, size, ...(rangeEnd && { end: rangeEnd }) });
  } else turn.say("no-path", { path: argument, why: "Permission denied" });
}

/** Rules in order: one number from 0 up; no place but the start in a text. */
function rest(turn: Turn): void {
  const { session } = turn;
  const [wanted, more] = turn.words;
  if (wanted === undefined || more !== undefined) turn.badArguments();
  else if (!/^(\+?\d+)?$/.test(wanted)) turn.say("bad-restart", { value: wanted });
  else if (Number(wanted) > 0 && session.type === "A") turn.say("restart-in-text", {});
  else {
    session.restart = Number(wanted);
    session.rangeEnd = null;
    turn.say("restart-set", { value: wanted });
  }
}

export const RETR: CommandSpec = {
  verb: "RETR",
  syntax: "RETR <SP> <pathname>",
  rfc: "959 §4.1.3",
  purpose: "asks for a file over the data connection",
  login: true,
  transfers: true,
  run: retr,
};

export const REST: CommandSpec = {
  verb: "REST",
  syntax: "REST <SP> <marker>",
  rfc: "3659 §5",
  purpose: "says at which byte the next transfer begins",
  login: true,
  run: rest,
};

export const RANG: CommandRow = {
  verb: "RANG",
  syntax: "RANG <SP> <start> <SP> <end>",
  rfc: "draft-bryan-ftp-range",
  purpose: "asks for a part of a file",
  login: true,
};
