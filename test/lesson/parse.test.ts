/** Lessons as their authors write them: what they become, and what they are told. */
import { describe, expect, it } from "vitest";
import { parseLesson, parsePart } from "../../src/lesson/parse.ts";
import type { Step } from "../../src/lesson/lesson.ts";
import { LessonError } from "../../src/lesson/problems.ts";

const head = "---\ntitle: T\nscenario: article\n---\n";
const step = "## S\n```goal\n1> PASV\n1< 227 {data}\n```\n```type 1\nPASV\n```\n";

function problems(source: string, file = "lessons/01-a/01-b.md"): string[] {
  try {
    parseLesson(source, file);
  } catch (error) {
    if (error instanceof LessonError) return error.message.split("\n");
    throw error;
  }
  return [];
}

function prose(text: string): string {
  return parseLesson(`${head}${text}\n\n${step}`, "b.md").intro;
}

describe("a lesson file", () => {
  it("becomes a lesson", () => {
    const part = parsePart("---\ntitle: First\nscenario: article\nminutes: 9\n---\n", "part.md");
    const own = `---\ntitle: T\nneeds: [a]\n---\nHello.\n\n${step}\nAsk for {data.port}.\n\n***\n\nBye.\n`;
    expect(parseLesson(own, "lessons/01-x/02-my-lesson.md", part)).toEqual({
      slug: "my-lesson",
      title: "T",
      part: "First",
      scenario: "article",
      minutes: 9,
      needs: ["a"],
      teaches: [],
      intro: "<p>Hello.</p>",
      near: [],
      steps: [
        {
          title: "S",
          body: [
            { kind: "type", window: 1, text: "PASV" },
            {
              kind: "prose",
              html: '<p>Ask for <span data-value="data.port">the port</span>.</p>',
            },
          ],
          goal: [["1> PASV", "1< 227 {data}"]],
          near: [],
          hints: [],
          solution: [{ window: 1, text: "PASV" }],
          caption: "",
        },
      ],
      outro: "<p>Bye.</p>",
      remember: "",
      realLife: "",
    });
  });

  it("may begin with the mark that some editors put there", () => {
    const source = `${head}A.\n\n${step}`;
    expect(parseLesson(`\uFEFF${source}`, "b.md")).toEqual(parseLesson(source, "b.md"));
  });

  it("is the same with CR LF", () => {
    const source = `${head}A\nb.\n\n${step}`;
    expect(parseLesson(source.replaceAll("\n", "\r\n"), "b.md")).toEqual(
      parseLesson(source, "b.md"),
    );
  });

  it("reads other ways, near misses and questions", () => {
    const source = `${head}## S
\`\`\`goal
1> A
or
1> B
\`\`\`
\`\`\`near 1< 5*
1> X
1> Y
Two lines
of words.
\`\`\`
\`\`\`solution
1> A
\`\`\`
## Q
\`\`\`ask choice
Which?
+ One: yes.
- Two: no.
\`\`\`
`;
    const [first, second] = parseLesson(source, "b.md").steps;
    expect(first?.goal).toEqual([["1> A"], ["1> B"]]);
    expect(first?.near).toEqual([
      {
        on: "1< 5*",
        words: "Two lines of words.",
        attempt: [
          { window: 1, text: "X" },
          { window: 1, text: "Y" },
        ],
      },
    ]);
    expect(second?.ask).toEqual({
      kind: "choice",
      words: "Which?",
      options: [
        { label: "Two", right: false, words: "no." },
        { label: "One", right: true, words: "yes." },
      ],
    });
  });

  it("moves a right answer that stands first, to the same place each time", () => {
    const rights = (words: string, lines: string): number[] => {
      const source = `${head}## Q\n\`\`\`ask choice\n${words}\n${lines}\n\`\`\`\n`;
      const asked = (): Step["ask"] => parseLesson(source, "b.md").steps[0]?.ask;
      expect(asked()).toEqual(asked());
      const ask = asked();
      return ask?.kind === "choice" ? ask.options.map(({ right }) => (right ? 1 : 0)) : [];
    };
    const first = "+ A: yes.\n- B: no.\n- C: no.";
    const places = Array.from("abcdefghi", (char) => rights(`${char}?`, first).indexOf(1));
    expect(new Set(places)).toEqual(new Set([0, 1, 2]));
    expect(rights("Which?", "- B: no.\n+ A: yes.\n- C: no.")).toEqual([0, 1, 0]);
  });
});

/** One fenced block, and what else a step wants. */
function block(text: string, mark: string): string {
  return `\`\`\`${mark}\n${text}\n\`\`\`\n`;
}

describe("a step", () => {
  const only = (text: string): Step => parseLesson(`${head}## S\n${text}`, "b.md").steps[0]!;
  const goal = block("net: switch home-nat off\nat most 1 command", "goal");

  it("may ask for a deed, on a card with its own words", () => {
    const { body, solution } = only(block("Take it away", "switch home-nat off") + goal);
    const deed = { window: 0, text: "switch home-nat off" };
    expect(body).toEqual([{ kind: "type", label: "Take it away", ...deed }]);
    expect(solution).toEqual([deed]);
    expect(only(block("", "skip") + goal).solution).toEqual([{ window: 0, text: "skip" }]);
  });

  it("may have other ways to be tried, in any of six windows", () => {
    const lines = "6$ nc -l 50000\n! wait 5\n! open 3 on server";
    const { ways } = only(block("1> A", "solution") + block(lines, "way") + goal);
    expect(ways).toEqual([
      [
        { window: 6, text: "nc -l 50000" },
        { window: 0, text: "wait 5" },
        { window: 0, text: "open 3 on server" },
      ],
    ]);
  });

  it("may ask for an answer in words", () => {
    const { ask } = only(block("Which?\n+ A | *b*: Yes.\n- C: No.\n- *: Hm.", "ask text"));
    expect(ask).toEqual({
      kind: "text",
      words: "Which?",
      answers: [
        { patterns: ["A", "*b*"], right: true, words: "Yes." },
        { patterns: ["C"], right: false, words: "No." },
        { patterns: ["*"], right: false, words: "Hm." },
      ],
    });
  });
});

describe("the end of a lesson", () => {
  it("is what to remember and what is the same in real life", () => {
    const end = `***\nBye.\n\n${block("One *thing*.", "remember")}${block("`curl`", "real life")}`;
    expect(parseLesson(`${head}${step}\n${end}`, "b.md")).toMatchObject({
      outro: "<p>Bye.</p>",
      remember: "<p>One <em>thing</em>.</p>",
      realLife: "<p><code>curl</code></p>",
    });
  });
});

describe("an author is told the file, the line and what to write", () => {
  const cases: [string, string, number, string][] = [
    ["no front matter", step, 1, "Begin it with"],
    ["front matter that is no YAML", `---\ntitle: [\n---\n${step}`, 2, "not YAML"],
    ["an unknown key", `---\ntitle: T\nscenario: a\nauthor: me\n---\n${step}`, 4, "`author`"],
    ["a wrong kind of value", `---\ntitle: T\nscenario: a\nminutes: x\n---\n${step}`, 4, "number"],
    ["no title", `---\nscenario: a\n---\n${step}`, 1, "`title: …`"],
    ["no scenario", `---\ntitle: T\n---\n${step}`, 1, "`scenario: article`"],
    ["no steps", `${head}Prose.`, 5, "begin each with `## Its title`"],
    ["a step with nothing to do", `${head}Hi.\n\n## S\nProse.\n`, 7, "nothing to do"],
    ["a line that is no notation", `${head}## S\n\`\`\`goal\n1 > PASV\n\`\`\`\n`, 7, "`1> PASV`"],
    ["a lone absence", `${head}## S\n\`\`\`goal\n! 1> PASV\n\`\`\`\n`, 7, "wants a line after it"],
    ["an unknown block", `${head}${step}\n\`\`\`gaol\n\`\`\`\n`, 14, "`gaol`"],
    [
      "a block that is not closed",
      `${head}## S\n\`\`\`type 1\nA\n\n\`\`\`goal\n1> A\n\`\`\`\n`,
      6,
      "is not closed",
    ],
    ["a block open at the end", `${head}${step}\`\`\`hint\nA\n`, 13, "is not closed"],
    ["a window that is not there", `${head}${step}\`\`\`type 7\nX\n\`\`\`\n`, 13, "`type 1`"],
    ["a near miss without its attempt", `${head}${step}\`\`\`near 1< 5*\nW\n\`\`\`\n`, 14, "above"],
    ["a near miss without words", `${head}${step}\`\`\`near 1< 5*\n1> X\n\`\`\`\n`, 14, "words"],
    ["a value that nothing names", `${head}${step}\nTo {dat.port}.\n`, 14, "Known so far: {data"],
    ["a part that values lack", `${head}${step}\nTo {data.prot}.\n`, 14, "port, hi, lo"],
    ["a script link", `${head}[x](javascript:alert(1))\n\n${step}`, 5, "not to `javascript"],
    ["a picture", `${head}${step}\n![x](http://a/b.png)\n`, 14, "no images"],
    ["two goals", `${head}${step}${block("1> B", "goal")}`, 13, "behind `or`"],
    ["a deed that is none", `${head}${step}${block("! jump", "way")}`, 14, "`! skip`"],
    ["a switch without its state", `${head}${step}${block("", "switch nat")}`, 13, "`! switch"],
    [
      "a bound alone",
      `${head}## S\n${block("at most 2 commands", "goal")}`,
      7,
      "at least one line",
    ],
    ["an end in the midst", `${head}${step}${block("R.", "remember")}`, 5, "after `***`"],
    ["words without a rest", `${head}${step}${block("Q?\n+ A: b", "ask text")}`, 14, "`- *: …`"],
    [
      "words without a right one",
      `${head}${step}${block("Q?\n- *: b", "ask text")}`,
      14,
      "is right",
    ],
    ["a question without an answer", `${head}## S\n\`\`\`ask number\nQ?\n\`\`\`\n`, 7, "`answer:`"],
    [
      "a choice of one",
      `${head}## S\n\`\`\`ask choice\nQ?\n+ A: b\n\`\`\`\n`,
      7,
      "two lines or more",
    ],
  ];
  it.each(cases)("%s", (_, source, line, words) => {
    const told = problems(source);
    expect(told).toContainEqual(
      expect.stringMatching(new RegExp(`^lessons/01-a/01-b\\.md:${line}: `)),
    );
    expect(told.filter((each) => each.includes(`:${line}: `)).join("\n")).toContain(words);
  });

  it("all at once", () => {
    const source = `${head}## A\n## B\nProse with <i>HTML</i>.\n`;
    expect(problems(source).length).toBeGreaterThan(2);
  });
});

describe("prose", () => {
  it("has the two wires, values in commands, and links that leave nothing behind", () => {
    expect(prose("**blue** ==amber `X`== *soft* [a](https://b/)")).toBe(
      '<p><strong class="control">blue</strong> <strong class="data">amber <code>X</code></strong> ' +
        '<em>soft</em> <a href="https://b/" rel="noopener noreferrer">a</a></p>',
    );
    expect(prose("==data\nconnection==")).not.toContain("==");
    const { steps } = parseLesson(`${head}${step}\n\`telnet {data.port|there}\`\n`, "b.md");
    expect(steps[0]?.body.at(-1)).toEqual({
      kind: "prose",
      html: '<p><code>telnet <span data-value="data.port">there</span></code></p>',
    });
  });

  const hostile = [
    '{data.port|"><img src=x onerror=alert(1)>}',
    "`<img src=x onerror=alert(1)>`",
    "==<img src=x onerror=alert(1)>==",
    '[a](https://b/"onmouseover="alert(1))',
    "[a](# 'x')",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "| <b>a</b> |\n|---|\n| <script>x</script> |",
    "```wire\n1< <script>x</script>\n```",
    "<script>alert(1)</script>",
    "<a href='javascript:x'>y</a>",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,x)",
    "![a](https://b/c.png)",
  ];
  it.each(hostile)("cannot run or fetch anything: %s", (text) => {
    let html = "";
    try {
      html = parseLesson(`${head}${step}\n${text}\n`, "b.md")
        .steps[0]!.body.map((piece) => (piece.kind === "prose" ? piece.html : ""))
        .join("");
    } catch (error) {
      expect(error).toBeInstanceOf(LessonError);
      return;
    }
    const tags = html.match(/<[^>]*>/g) ?? [];
    const plain =
      /^<\/?(?:p|em|h3|pre|code|strong|span|a|table|thead|tbody|tr|th|td|ul|ol|li|br)(?: (?:class|data-value|rel|href)="(?!javascript|data:)[^"<>]*")*>$/i;
    for (const tag of tags) expect(tag).toMatch(plain);
  });
});
