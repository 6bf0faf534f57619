/** What telnet knows at its own prompt, `telnet> `. */

/** Each command with inetutils' words for it … */
const COMMANDS: Readonly<Record<string, string>> = {
  close: "close current connection",
  open: "connect to a site",
  quit: "exit telnet",
  status: "print status information",
  "?": "print help information",
};
/** … and what the real one has besides, so that abbreviations mean the same here. */
const ALL = [
  ...Object.keys(COMMANDS),
  ..."help logout display mode send set unset toggle slc auth encrypt z ! environ".split(" "),
];

/** The command that `typed` names, whole or abbreviated, or telnet's answer to it. */
export function findCommand(typed: string): { name: string } | { refusal: string } {
  const word = typed.toLowerCase();
  const fitting = ALL.filter((name) => name.startsWith(word));
  const name = fitting.length === 1 ? fitting[0] : fitting.find((each) => each === word);
  if (name !== undefined) return { name };
  return { refusal: fitting.length > 1 ? "?Ambiguous command" : "?Invalid command" };
}

/** What `help` prints, about everything or about `topics`. */
export function helpLines(topics: readonly string[]): string[] {
  if (topics.length === 0) {
    const list = Object.entries(COMMANDS).map(([name, what]) => `${name.padEnd(8)}\t${what}`);
    return ["Commands may be abbreviated.  Commands are:", "", ...list];
  }
  return topics.map((topic) => {
    const found = findCommand(topic);
    const what = "name" in found ? COMMANDS[found.name] : undefined;
    return what ?? `?Invalid help command ${topic}`;
  });
}
