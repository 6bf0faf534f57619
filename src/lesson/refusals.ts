/** What a refusal says of a command that was the right one: by its code, and by the words behind it. */

/** The first that fits counts. Servers word their refusals differently, so a few words decide. */
const REFUSALS: readonly (readonly [code: number, words: RegExp, says: string])[] = [
  // A server that looks at who dialled says 425, too, of a connection that stood.
  [425, /security|not permitted|foreign/i, ""],
  [425, /^/, "there is no ==data connection==. Each transfer needs one of its own."],
  [
    450,
    /in progress/i,
    "the transfer before this one is not over. Wait for its `226`, then agree on a new port.",
  ],
  [450, /^/, "the file is not to be had at this moment."],
  [503, /^/, "another command has to come before this one."],
  [530, /^/, "the server wants to know first who you are. Say `USER`, then `PASS`."],
  [550, /ssl|tls/i, "this server wants `AUTH TLS` first."],
  [550, /exists/i, "that name is taken already."],
  [550, /ascii/i, "say `TYPE I` first. How long a text is depends on how lines end."],
  [550, /not empty/i, "something still lies in that folder."],
  [550, /is a directory|not a (?:regular|plain) file/i, "that is a folder, and a file is wanted."],
  [550, /not a directory/i, "that is a file, and a folder is wanted."],
  [550, /denied|not permitted|not allowed/i, "that is there, and it is not for you."],
  [
    550,
    /no such/i,
    "there is no such thing here. `LIST` shows what there is, `PWD` where you are.",
  ],
  [550, /failed|could not|can't|not retrievable/i, "there is no such thing, or it is not for you."],
  [550, /^/, "the server will not, and the words behind the number say why."],
];

/** What `reply` of this code says of a command, in a sentence; undefined if nothing sure. */
export function refusalOf(code: number, reply: string): string | undefined {
  const [, , says] = REFUSALS.find(([of, words]) => of === code && words.test(reply)) ?? [];
  return says ? `\`${code}\`: ${says}` : undefined;
}

/** The same of USER and PASS, which have reasons of their own. */
export function loginRefusal(code: number, reply: string): string | undefined {
  if ((code === 503 || code === 530) && /already/i.test(reply)) {
    return "You are logged in already. Go on from here.";
  }
  return code !== 503 ? undefined : "A password comes after a name. Say `USER` first, then `PASS`.";
}
