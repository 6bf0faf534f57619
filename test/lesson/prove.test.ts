/** What the proof and the measure of a lesson find: each by a lesson with one mistake. */
import { describe, expect, it } from "vitest";
import { checkLesson } from "../../src/lesson/check.ts";
import { article } from "./play.ts";

const whole = `---
title: Whole
scenario: article
minutes: 5
teaches: [NOOP, "220"]
---
Who speaks first?

## Dial

Dial the server. The **control connection** stands.

\`\`\`type 1
telnet ftptest.exavault.com 21
\`\`\`

\`\`\`goal
1: connected :21
1< 220
\`\`\`

\`\`\`hint
Dial it.
\`\`\`

\`\`\`caption
We dial.
\`\`\`

## Do nothing

It said \`220 ProFTPD Server (EV)\`. A **server** waits. See [more](#/reference/NOOP).

\`\`\`wire
1: connected :21
1< 220 *
\`\`\`

\`\`\`goal
1> NOOP
1< 200
at most 1 command
or
1> noop *
\`\`\`

\`\`\`solution
1> NOOP
\`\`\`

\`\`\`way
1> NOOP now
\`\`\`

\`\`\`near 1< 500
1> NOP
Nearly.
\`\`\`

\`\`\`hint
Four letters.
\`\`\`

\`\`\`caption
We do nothing.
\`\`\`

## Say it

\`\`\`ask text
Which code means fine?
+ 200 | *two hundred*: Right.
- 5*: That is a no.
- *: It began with 2.
\`\`\`

\`\`\`hint
Two.
\`\`\`

\`\`\`caption
Which?
\`\`\`

***

\`\`\`remember
The server speaks first.
\`\`\`

\`\`\`real life
Any client waits for the greeting.
\`\`\`
`;

function told(source: string): string[] {
  const draft = { source, file: "lessons/01-a/01-whole.md", slugs: ["talk-to-a-server"] };
  const { problems } = checkLesson({
    ...draft,
    scenario: (name) => (name === "article" ? article : undefined),
  });
  return problems.map(({ line, text }) => `${line}: ${text}`);
}

describe("a lesson that stands", () => {
  it("draws no word", () => {
    expect(told(whole)).toEqual([]);
  });
});

/** What is replaced by what, the line of the mistake, and words of what is told. */
const mistakes: [name: string, from: string, to: string, line: number, words: string][] = [
  ["a goal that is not reached", "1< 220\n", "1< 221\n", 17, 'does not reach the goal of "Dial"'],
  ["what came instead", "1< 220\n", "1< 221\n", 17, "1< 220 ProFTPD Server"],
  [
    "a solution that does two steps",
    "1> NOOP\n1< 200\nat",
    "1< 220\nat",
    30,
    "of an earlier step does",
  ],
  ["a near miss that is not drawn", "near 1< 500", "near 1< 501", 55, "Did you mean `NOOP`"],
  ["a near miss with a value unknown", "1> NOP\n", "1> NOP\n1> X {now}\n", 57, "named by no goal"],
  ["a way that leads nowhere", "1> NOOP now", "1> SYST", 51, "This way does not reach"],
  [
    "a solution that is blamed",
    "near 1< 500\n1> NOP",
    "near 1< 200\n1> NOOP",
    55,
    "it reaches the goal",
  ],
  [
    "a solution that draws a derived sentence",
    "```solution\n1> NOOP\n",
    "```solution\n2> NOOP\n1> NOOP\n",
    30,
    "On the solution's own way “`NOOP` is a word for the server",
  ],
  [
    "a step that nobody gets back to",
    "1> NOOP\n1< 200\nat",
    "! 1: closed *\n1> NOOP\n1< 200\nat",
    30,
    'Whoever hangs up in window 1 at "Do nothing" is offered 1> telnet ftptest.exavault.com 21',
  ],
  [
    "a quote that nobody said",
    "220 ProFTPD Server (EV)",
    "220 vsFTPd",
    32,
    "Nobody says `220 vsFTPd`",
  ],
  ["a quote in a near miss", "Nearly.", "Nearly: `530 No`.", 57, "Nobody says `530 No`"],
  ["a transcript that did not happen", "1< 220 *", "1< 230 *", 36, "does not come"],
  ["an answer that is never reached", "- 5*: That", "- 200: That", 70, "an earlier line says"],
  [
    "a scenario that is not there",
    "scenario: article",
    "scenario: nowhere",
    3,
    "no scenario `nowhere`",
  ],
  ["a link that leads nowhere", "#/reference/NOOP", "#/learn/nothing", 32, "Nothing stands at"],
  ["a term that is not explained", "A **server**", "A **snorkel**", 32, "in no glossary"],
  [
    "a word taught that nobody knows",
    "teaches: [NOOP",
    "teaches: [SNORKEL",
    5,
    "neither a command",
  ],
  ["no question", "Who speaks first?", "The server speaks.", 7, "Open with a question"],
  ["too few minutes", "minutes: 5", "minutes: 2", 4, "3 to 10 minutes"],
  [
    "nothing to remember",
    "remember\nThe server speaks first.",
    "real life\nThat.",
    7,
    "what to take home",
  ],
  ["nothing of real life", "real life\nAny", "remember\nAny", 7, "does the same outside"],
  ["no hint", "```hint\nFour letters.\n```\n", "", 30, "wants a hint"],
  ["no caption", "```caption\nWe dial.\n```\n", "", 9, "wants a caption"],
  ["a wall of text", "Dial the server. ", "Dial the server. ".repeat(40), 9, "90 are enough"],
  [
    "a long sentence",
    "Dial the server.",
    `Dial ${"and dial ".repeat(20)}the server.`,
    11,
    "Make it two",
  ],
  [
    "hard words",
    "Dial the server.",
    "Interoperability considerations notwithstanding, architectural differentiation necessitates authentication. ".repeat(
      4,
    ),
    7,
    "hard to read",
  ],
];

describe("a mistake is told with its line", () => {
  it.each(mistakes)("%s", (_, from, to, line, words) => {
    expect(whole).toContain(from);
    const all = told(whole.replace(from, to));
    expect(all.find((each) => each.includes(words))).toMatch(new RegExp(`^${line}: `));
  });
});

describe("names and places", () => {
  const goal = "1> NOOP\n1< 200\nat most 1 command\nor\n1> noop *\n";
  const dialled = "1: connected :21\n1< 220\n";

  it.each<[name: string, changes: [from: string, to: string][], line: number, words: string]>([
    [
      "a typed word that was named in an earlier step",
      [
        [dialled, `1$ telnet {name} 21\n${dialled}`],
        [goal, "1> NOOP {name}\n1< 200\n"],
      ],
      41,
      "`1> NOOP {name}` gives {name} to whatever is typed here, though it has been named before. Write {name.text}",
    ],
    [
      "a typed word that was named a line before",
      [[goal, "1> NOOP {name}\n1> STAT {name}\n"]],
      41,
      "`1> STAT {name}` gives {name}",
    ],
    [
      "one name behind two replies",
      [
        [dialled, "1: connected :21\n1< 220 {words}\n"],
        [goal, "1> NOOP\n1< 200 {words}\n"],
      ],
      41,
      "{words} stood behind 220, and here behind 200. Give it another name.",
    ],
    [
      "a card that dials nobody",
      [
        [
          "telnet ftptest.exavault.com 21\n```\n\n```goal",
          "telnet ftptest.exavolt.com 21\n```\n\n```goal",
        ],
      ],
      14,
      "The scenario article has no `ftptest.exavolt.com`. There are ftptest.exavault.com, files.example.net.",
    ],
    [
      "a hint, a way and a near miss that do",
      [["Dial it.", "`nc -v files.exmaple.net 21`"]],
      23,
      "has no `files.exmaple.net`",
    ],
    [
      "a near miss that does",
      [["1> NOP\n", "2$ ping -c 1 nobody.net\n1> NOP\n"]],
      56,
      "no `nobody.net`",
    ],
    [
      "a switch that is not there",
      [["1> NOP\n", "! switch home-nat off\n1> NOP\n"]],
      56,
      "The scenario article has no `home-nat` to switch. There are none.",
    ],
    [
      "a box that is not there",
      [["1< 200\nat", "net: box home-nat forgot :21\nat"]],
      41,
      "has no `home-nat`",
    ],
  ])("%s is told", (_, changes, line, words) => {
    let source = whole;
    for (const [from, to] of changes) {
      expect(source).toContain(from);
      source = source.replace(from, to);
    }
    const found = told(source).find((each) => each.includes(words));
    expect(found ?? told(source)).toMatch(new RegExp(`^${line}: `));
  });

  it("a name may stand for a port again, for one of two ways, and for nobody on purpose", () => {
    const both = "1> PORT {mine}\n1< 500 {no}\nor\n1> EPRT {mine}\n1< 501 {no}\n";
    const source = whole
      .replace(dialled, `${dialled}or\n1> PORT {mine}\n`)
      .replace(goal, `${goal}or\n${both}`)
      .replace(
        "```near 1< 500",
        "```near 2: unknown *\n2$ telnet nobody.example.net 21\nNobody has that name.\n```\n\n```near 1< 500",
      );
    expect(told(source)).toEqual([]);
  });
});

/** A lesson of one step. */
function oneStep(step: string): string {
  const rest = whole.slice(whole.indexOf("***"));
  return `---\ntitle: One\nscenario: article\n---\nWhat?\n\n## One\n\n${step}\n\n\`\`\`hint\nH.\n\`\`\`\n\n\`\`\`caption\nC.\n\`\`\`\n\n${rest}`;
}

describe("a goal about a file", () => {
  const keys = `\`\`\`solution
1$ telnet files.example.net 21
1> USER ftptest
1> PASS guestpass
1> PASV
2$ nc files.example.net {data.port} > got.txt
1> RETR readme.txt
2> ^C
\`\`\``;
  const goal = (line: string): string =>
    oneStep(`\`\`\`goal\n1< 227 {data}\n${line}\n\`\`\`\n${keys}`);

  it("holds it byte for byte against what lies on the server", () => {
    expect(told(goal("file got.txt is files.example.net:/pub/guide.txt")).join()).toContain(
      "does not reach",
    );
    expect(told(goal("file got.txt is files.example.net:/nothing")).join()).toContain(
      "no file `files.example.net:/nothing`",
    );
  });

  it("holds it against bytes that are written out", () => {
    const text = String.raw`Welcome to the FTP practice server.\r\n\r\nThis file has three lines of text, ended by LF only.\r\n`;
    expect(told(goal(`file got.txt = ${text}`))).toEqual([]);
    expect(told(goal(`file got.txt = ${text.slice(0, -2)}`)).join()).toContain("does not reach");
  });
});

describe("deeds", () => {
  it("are played, and asked for", () => {
    const goal = "```goal\nnet: switch conveniences off\n```";
    const card = "```switch conveniences off\nPut the help away\n```";
    expect(told(oneStep(`${card}\n${goal}`))).toEqual([]);
    expect(
      told(oneStep(`\`\`\`solution\n! switch conveniences on\n\`\`\`\n${goal}`)).join(),
    ).toContain("does not reach");
    expect(told(oneStep(`\`\`\`solution\n! jump\n\`\`\`\n${goal}`)).join()).toContain("`! skip`");
  });

  it("let time pass", () => {
    const goal = "```goal\n1: unreachable :21\n```";
    const keys = (deed: string): string =>
      `\`\`\`solution\n1$ telnet 203.0.113.99 21\n${deed}\n\`\`\``;
    expect(told(oneStep(`${keys("! wait 200")}\n${goal}`))).toEqual([]);
    expect(told(oneStep(`${keys("! wait 2")}\n${goal}`)).join()).toContain("does not reach");
  });
});
