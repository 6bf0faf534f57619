/** The way back, where the session no longer stands as a step found it. */
import { describe, expect, it } from "vitest";
import { parseLesson } from "../../src/lesson/parse.ts";
import { play, talk } from "./play.ts";

const host = "ftptest.exavault.com";
const dial = `1> telnet ${host} 21`;
const user = "1> USER ftptest";
const pass = "1> PASS guestpass";
const at = (title: string): number => talk.steps.findIndex((step) => step.title === title);
const name = at("Say who you are");
const sum = at("Work out the port");
const open = at("Open the second connection");
const list = at("Ask for the list");
const again = at("Ask again");
const alone = at("Once more, on your own");
const quit = at("Say goodbye");

/** Types what is offered until nothing more is: the lines that were. */
function offered({ run, type }: ReturnType<typeof play>): string[] {
  const lines: string[] = [];
  while (run.repair && lines.length < 9) {
    const line = `${run.repair.window}> ${run.repair.text}`;
    lines.push(line);
    type(line);
  }
  return lines;
}

const hungUp = ["1> ^]", "1> quit"];
const wrong = ["1> PASS a", user, "1> PASS b", user, "1> PASS c"];
const port = expect.stringMatching(new RegExp(`^2> telnet ${host} (?!62843)\\d{5}$`)) as string;

describe("a repair", () => {
  const cases: [string, number, string[], string[]][] = [
    ["the line of the greeting", name, hungUp, [dial]],
    ["the third wrong password", name + 1, wrong, [dial, user]],
    ["a name to be given again", name + 1, ["1> PASS a"], [user]],
    ["a login", name + 2, ["1> QUIT"], [dial, user, pass]],
    ["a port to be worked out", sum, hungUp, [dial, user, pass, "1> PASV"]],
    ["a port to be dialled", open, hungUp, [dial, user, pass, "1> PASV"]],
    ["both connections", list, hungUp, [dial, user, pass, "1> PASV", port]],
    ["the data connection", list, ["2> ^]", "2> quit"], ["1> PASV", port]],
    ["a list that was lost", list, ["2> ^]", "2> quit", "1> LIST"], ["1> PASV", port]],
    ["a port that was replaced", list, ["1> PASV"], [port]],
    ["the line before LIST alone", again, hungUp, [dial, user, pass]],
    ["no more than the login where the rest is the task", alone, hungUp, [dial, user, pass]],
    ["a line to say goodbye on", quit, hungUp, [dial]],
    ["nothing where a question stands", at("Read it where it arrives"), hungUp, []],
    ["nothing at the beginning", 0, [dial.replace("21", "22")], []],
    ["nothing while LIST waits for the dial", open, ["1> LIST"], []],
    ["nothing where all stands", list, ["2> LIST", "1> NOOP"], []],
  ];
  it.each(cases)("offers %s", (_, step, lines, expected) => {
    const session = play(talk);
    session.upTo(step);
    expect(session.run.repair).toBeNull();
    session.type(...lines);
    expect(offered(session)).toEqual(expected);
    expect(session.run.step).toBe(step);
    for (let next = step; next < talk.steps.length; next++) {
      offered(session);
      session.upTo(next + 1);
      expect(session.run.step).toBeGreaterThan(next);
    }
  });

  it("stands until it is answered, and is the same read at once and fact by fact", () => {
    const { run, upTo, type, world } = play(talk);
    upTo(name + 1);
    type("1> QUIT");
    for (const text of `telnet ${host} 21\r`) world.feed({ kind: "key", window: 1, text });
    run.read(world.trace.facts);
    expect(run.repair?.text).toBe(`telnet ${host} 21`);
    world.settle();
    run.read(world.trace.facts);
    expect(run.repair?.text).toBe("USER ftptest");
  });
});

describe("what a server forgets when one hangs up", () => {
  const step = (title: string, goal: string, solution: string): string =>
    `## ${title}\n\`\`\`goal\n${goal}\n\`\`\`\n\`\`\`solution\n${solution}\n\`\`\`\n`;
  const login = "1$ telnet files.example.net 21\n1> USER ftptest\n1> PASS guestpass";
  const lesson = parseLesson(
    [
      "---\ntitle: State\nscenario: article\n---",
      step("Dial", "1< 230", login),
      step("Go there", "1< 250\n1< 200", "1> CWD pub\n1> TYPE A\n1> TYPE I"),
      step("Ask", "1> SIZE guide.txt\n1< 213", "1> SIZE guide.txt"),
      step("Agree", "1< 227 {data}", "1> PASV"),
      step("Fetch", "1< 150\n1< 226", "2$ nc files.example.net {data.port}\n1> RETR guide.txt"),
    ].join("\n\n"),
    "state.md",
  );
  const back = login.replace("$", ">").split("\n");

  it("is set again, once each, in the order of the lesson", () => {
    const { run, type, upTo } = play(lesson);
    upTo(2);
    expect(run.repair).toBeNull();
    type(...hungUp);
    expect(offered({ run, type } as ReturnType<typeof play>)).toEqual([
      ...back,
      "1> CWD pub",
      "1> TYPE I",
    ]);
    type("1> SIZE guide.txt");
    expect(run.step).toBe(3);
  });

  it("does not offer the folder to whoever stands there", () => {
    const { run, type, upTo } = play(lesson);
    upTo(2);
    type("1> CWD /", ...hungUp, ...back);
    expect(run.repair?.text).toBe("TYPE I");
  });

  it("comes before the first line that leads to what rests on it, and does not come again once passed over", () => {
    const { run, type, upTo } = play(lesson);
    upTo(3);
    type(...hungUp, ...back);
    expect(run.repair).toBeNull();
    type("1> PASV");
    expect(run.step).toBe(4);
    expect(run.repair?.text).toBe("CWD pub");
    const three = parseLesson(
      [
        "---\ntitle: Over\nscenario: article\n---",
        step("Dial", "1< 230", login),
        step("Go there", "1< 250", "1> CWD pub"),
        step("Ask", "1> SIZE *\n1< 213", "1> SIZE guide.txt"),
        step("Ask more", "1> MDTM *\n1< 213", "1> MDTM guide.txt"),
      ].join("\n\n"),
      "over.md",
    );
    const other = play(three);
    other.upTo(2);
    other.type(...hungUp, ...back);
    expect(other.run.repair?.text).toBe("CWD pub");
    other.type("1> TYPE I", "1> SIZE pub/guide.txt");
    expect(other.run.step).toBe(3);
    expect(other.run.repair).toBeNull();
  });

  it("is not asked of whoever never hung up", () => {
    const { run, type, upTo } = play(lesson);
    upTo(1);
    type("1> CWD /pub", "1> TYPE I");
    expect(run.step).toBe(2);
    expect(run.repair).toBeNull();
    type("1> SIZE readme.txt");
    expect(run.repair).toBeNull();
  });

  it("is not set where the step at hand takes its place", () => {
    const there = parseLesson(
      [
        "---\ntitle: Mode\nscenario: article\n---",
        step("Dial", "1< 230", login),
        step("One way", "1> TYPE I\n1< 200", "1> TYPE I"),
        step("Other way", "1> TYPE A\n1< 200\n1> SIZE readme.txt", "1> TYPE A\n1> SIZE readme.txt"),
      ].join("\n\n"),
      "mode.md",
    );
    const { run, type, upTo } = play(there);
    upTo(2);
    type(...hungUp, ...back, "1> TYPE A");
    expect(run.repair).toBeNull();
  });

  it("is not set where the way up took back the way down", () => {
    const there = parseLesson(
      [
        "---\ntitle: Up\nscenario: article\n---",
        step("Dial", "1< 230", login),
        step("Down and up", "1> CDUP\n1< 250", "1> CWD pub\n1> CDUP"),
        step("Ask", "1> SIZE readme.txt\n1< 213", "1> SIZE readme.txt"),
      ].join("\n\n"),
      "up.md",
    );
    const { run, type, upTo } = play(there);
    upTo(2);
    type(...hungUp, ...back);
    expect(run.repair).toBeNull();
  });
});

it("leads back in the window that hung up, where two talk", () => {
  const login = (window: number, server: string): string =>
    `${window}$ telnet ${server} 21\n${window}> USER ftptest\n${window}> PASS guestpass`;
  const two = parseLesson(
    [
      "---\ntitle: Two\nscenario: sandbox\n---",
      `## One\n\`\`\`goal\n1< 230\n\`\`\`\n\`\`\`solution\n${login(1, "proftpd.example.net")}\n\`\`\``,
      `## Other\n\`\`\`goal\n2< 230\n\`\`\`\n\`\`\`solution\n${login(2, "vsftpd.example.net")}\n\`\`\``,
      "## Ask\n```goal\n1> SYST\n1< 215\n```\n```solution\n1> SYST\n```",
    ].join("\n\n"),
    "two.md",
  );
  const { run, type, upTo } = play(two);
  upTo(2);
  type(...hungUp);
  expect(offered({ run, type } as ReturnType<typeof play>)).toEqual(
    login(1, "proftpd.example.net").replace("$", ">").split("\n"),
  );
});

it("leads back although another window dials for ever, or has given that up", () => {
  const { run, type, upTo } = play(talk);
  upTo(open);
  type("2> telnet 192.0.2.99 21");
  type(...hungUp);
  expect(run.repair?.text).toBe(`telnet ${host} 21`);
  type("2> ^C", dial, user);
  expect(run.repair?.text).toBe("PASS guestpass");
});
