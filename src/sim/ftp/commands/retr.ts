/** RETR: a file, over the data connection. RFC 959 §4.1.3. */
import { may } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { contentsStream } from "../stream.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Rules in order: a path must be given; it must lead to a regular file that may be read; only then
 * is the data connection asked for. Every refusal also drops what PASV had agreed.
 */
function retr(turn: Turn): void {
  const { session, env, person, argument } = turn;
  if (argument === null) {
    turn.drop();
    turn.badArguments();
    return;
  }
  const found = env.tree.find(argument, session.folder, person);
  const node = "error" in found ? undefined : found.node;
  if (node?.type === "file" && may(node, person, 4)) {
    const { contents } = node;
    const ascii = session.type === "A";
    turn.transfer({
      name: argument,
      // In binary the kernel sends the file by itself (sendfile) and the server hears nothing.
      polled: ascii,
      stream: () => contentsStream(contents, 0, ascii),
      begin: (at) => at.say("file-begins", { name: argument, ascii, bytes: contents.size }),
      done: (at) => at.say("transfer-done", {}),
    });
    return;
  }
  turn.drop();
  if ("error" in found) turn.say("no-path", { path: argument, why: found.error });
  else if (node?.type === "file") turn.say("no-path", { path: argument, why: "Permission denied" });
  else turn.say("not-a-file", { path: argument });
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
