/** pyftpdlib's commands about the session: what it does, what it knows, what its bytes mean. */
import type { Turn } from "../state.ts";
import { isMoving, shut } from "./pyftpdlib-data.ts";
import { upper } from "./pyftpdlib-framer.ts";
import { FACTS, SHOWN } from "./pyftpdlib-list.ts";
import { stateOf } from "./pyftpdlib-state.ts";
import { helpOf, verbNames } from "./pyftpdlib-verbs.ts";

export function abor(turn: Turn): void {
  const { acceptor, connector, channel } = stateOf(turn);
  if (acceptor === "none" && !connector && channel === null) {
    turn.reply(225, "No transfer to abort.");
    return;
  }
  const moving = channel !== null && isMoving(channel);
  shut(turn);
  if (moving) {
    turn.reply(426, "Transfer aborted via ABOR.");
    turn.reply(226, "ABOR command successful.");
  } else turn.reply(225, "ABOR command successful; data channel closed.");
}

/** STAT without a path. */
export function stat(turn: Turn): void {
  const { session, env, now } = turn;
  const { login } = session;
  const { acceptor, channel } = stateOf(turn);
  const who =
    login.stage === "in"
      ? `Logged in as: ${login.user}`
      : `Waiting for ${login.stage === "start" ? "username" : "password"}.`;
  const data =
    acceptor !== "none"
      ? ["Passive data channel waiting for connection."]
      : channel === null
        ? ["Data connection closed."]
        : [
            "Data connection open:",
            `Total bytes sent: ${channel.sent}`,
            `Total bytes received: ${channel.received}`,
            `Transfer elapsed time: ${(now - channel.since) / 1000} secs`,
          ];
  turn.reply(
    211,
    "FTP server status:",
    `Connected to: ${env.address}:${env.port}`,
    who,
    `TYPE: ${session.type === "A" ? "ASCII" : "Binary"}; STRUcture: File; MODE: Stream`,
    ...data,
    "End of status.",
  );
}

const hasTls = ({ env }: Turn) => env.setup.tls !== undefined;

export function feat(turn: Turn): void {
  const shown = turn.session.mlstFacts ?? SHOWN;
  const facts = FACTS.map((fact) => `${fact}${shown.includes(fact) ? "*" : ""};`).join("");
  const features = ["UTF8", "TVFS", "EPRT", "EPSV", "MDTM", "MFMT", "SIZE", "REST STREAM"];
  if (hasTls(turn)) features.push("AUTH TLS", "AUTH SSL", "PBSZ", "PROT");
  turn.reply(211, "Features supported:", ...[...features, `MLST ${facts}`].toSorted(), "End FEAT.");
}

/** OPTS knows MLST alone: a list of facts, each ended by a semicolon. */
export function opts(turn: Turn): void {
  const line = turn.argument ?? "";
  const [command = "", facts = "", more] = line.split(" ");
  const wanted = facts.split(";").map((fact) => fact.toLowerCase());
  if (more !== undefined) turn.reply(501, "Invalid number of arguments.");
  else if (line.includes(" ") && !facts.includes(";")) turn.reply(501, "Invalid argument.");
  else if (upper(command) !== "MLST") turn.reply(501, `Unsupported command "${command}".`);
  else {
    const known = wanted.filter((fact) => FACTS.includes(fact));
    turn.session.mlstFacts = known;
    turn.reply(200, `MLST OPTS ${known.map((fact) => `${fact};`).join("")}`);
  }
}

export function help(turn: Turn): void {
  const tls = hasTls(turn);
  if (turn.argument !== null) {
    const text = helpOf(upper(turn.argument), tls);
    if (text === undefined) turn.reply(501, "Unrecognized command.");
    else turn.reply(214, text);
    return;
  }
  const names = verbNames(tls).filter((verb) => !verb.includes(" "));
  const rows: string[] = [];
  for (let i = 0; i < names.length; i += 8) {
    rows.push(
      names
        .slice(i, i + 8)
        .map((verb) => verb.padEnd(6))
        .join(" "),
    );
  }
  turn.reply(214, "The following commands are recognized:", ...rows, "Help command successful.");
}

/** SITE HELP finds a command under its whole name, with SITE, like any other. */
export function siteHelp(turn: Turn): void {
  if (turn.argument === null) {
    const names = verbNames(false).flatMap((verb) => /^SITE (.*)/.exec(verb)?.[1] ?? []);
    const title = "The following SITE commands are recognized:";
    turn.reply(214, title, ...names, "Help SITE command successful.");
    return;
  }
  const text = helpOf(upper(turn.argument), hasTls(turn));
  if (text === undefined) turn.reply(501, "Unrecognized SITE command.");
  else turn.reply(214, text);
}

export function type(turn: Turn): void {
  const { session, argument } = turn;
  const wanted = upper(argument ?? "").replaceAll(" ", "");
  if (wanted === "A" || wanted === "L7") {
    session.type = "A";
    turn.reply(200, "Type set to: ASCII.");
  } else if (wanted === "I" || wanted === "L8") {
    session.type = "I";
    turn.reply(200, "Type set to: Binary.");
  } else turn.reply(504, `Unsupported type "${argument}".`);
}

export function stru(turn: Turn): void {
  const wanted = upper(turn.argument ?? "");
  if (wanted === "F") turn.reply(200, "File transfer structure set to: F.");
  else if (wanted === "P" || wanted === "R") turn.reply(504, "Unimplemented STRU type.");
  else turn.reply(501, "Unrecognized STRU type.");
}

export function mode(turn: Turn): void {
  const wanted = upper(turn.argument ?? "");
  if (wanted === "S") turn.reply(200, "Transfer mode set to: S");
  else if (wanted === "B" || wanted === "C") turn.reply(504, "Unimplemented MODE type.");
  else turn.reply(501, "Unrecognized MODE type.");
}
