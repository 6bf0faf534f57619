/** Patterns, names and goals. */
import { describe, expect, it } from "vitest";
import type { NotationEvent } from "../../src/explain/notation.ts";
import { bind, match, watchGoal } from "../../src/lesson/goal.ts";
import { fill } from "../../src/lesson/values.ts";
import { words } from "../../src/lesson/words.ts";

const reply = "Entering Passive Mode (67,208,93,232,245,123).";
const data = bind({}, "data", reply);

describe("a pattern", () => {
  const yes: [string, string][] = [
    ["1> PASV", "1> PASV"],
    ["1> PASV", "1> pasv"],
    ["1> USER ftptest", "1> user  ftptest "],
    ["1> LIST*", "1> LIST -l"],
    ["1> OPTS MLST *", "1> opts mlst size"],
    ["1> AUTH TLS", "1> auth tls"],
    ["1< 227", `1< 227 ${reply}`],
    ["1< 150 *file list", "1< 150 Opening BINARY mode data connection for file list"],
    ["2: connected", "2: connected :62843"],
    ["2: connected :{data.port}", "2: connected :62843"],
    ["2: closed :* by you", "2: closed :62843 by you"],
    ["1$ telnet * 21", "1$ telnet  ftptest.exavault.com 21"],
  ];
  it.each(yes)("%s matches %s", (pattern, text) => {
    expect(match(pattern, text, data)).toBeDefined();
  });

  const no: [string, string][] = [
    ["1> PASV", "2> PASV"],
    ["1> PASV", "1< PASV"],
    ["1> PASV", "1> PASV now"],
    ["1> USER ftptest", "1> USER FTPTEST"],
    ["1< 22", "1< 227 Entering"],
    ["1< 234 TLS", "1< 234 tls"],
    ["1< 211", "1< 211-Features:"],
    ["2: connected :6284", "2: connected :62843"],
    ["2: connected :{data.port}", "2: connected :62844"],
    ["2: connected :{other.port}", "2: connected :62843"],
    ["1$ telnet a.b 21", "1$ telnet axb 21"],
  ];
  it.each(no)("%s does not match %s", (pattern, text) => {
    expect(match(pattern, text, data)).toBeUndefined();
  });

  it("names what stands in a place", () => {
    expect(match("1< 227 {data}", `1< 227 ${reply}`, {})).toEqual({ data: reply });
    expect(match("2: closed :{port} by {who}", "2: closed :21 by you", {})).toEqual({
      port: "21",
      who: "you",
    });
  });
});

describe("values", () => {
  it("have the parts of six numbers", () => {
    expect(fill("{data.hi}*256+{data.lo}={data.port} at {data.address}", data)).toBe(
      "245*256+123=62843 at 67.208.93.232",
    );
    expect(fill("{data.text}", data)).toBe(reply);
    expect(fill("{data.port} {more.port}", data)).toBeUndefined();
  });

  it("have the parts of a bare port, and of the three bars of a 229", () => {
    const bare = bind({}, "port", "50021");
    expect(fill("{port}={port.hi}*256+{port.lo}", bare)).toBe("50021=195*256+101");
    const bars = bind({}, "data", "Entering Extended Passive Mode (|||50021|)");
    expect(fill("{data.port}", bars)).toBe("50021");
    expect(fill("{data.port}", bind({}, "data", "99999"))).toBeUndefined();
  });

  it("know the ports before", () => {
    const second = bind(data, "data", "(67,208,93,232,0,21)");
    const third = bind(second, "data", "(67,208,93,232,0,22)");
    for (const old of ["62843", "21"]) {
      expect(match("2: refused :{data.old}", `2: refused :${old}`, third)).toBeDefined();
    }
    expect(match("2: refused :{data.old}", "2: refused :22", third)).toBeUndefined();
    expect(match("2: refused :{data.old}", "2: refused :21", second)).toBeUndefined();
  });
});

/** Feeds lines to a goal: how far each brought it, and where the match began. */
function watch(ways: string[][], ...lines: string[]): [string, number] {
  const goal = watchGoal(ways);
  const steps = lines.map((text, at) => {
    const event: NotationEvent = { fact: at, kind: "line", text };
    return { reached: "R", nearer: "n", "": "-" }[goal.take(event, at, data) ?? ""];
  });
  return [steps.join(""), goal.start];
}

describe("a goal", () => {
  const way = ["1> PASV", "1< 227", "2: connected"];

  it("wants its lines in order, with anything between", () => {
    expect(watch([way], "1> PASV", "1> NOOP", "1< 227 x", "2: connected :1")).toEqual(["n-nR", 0]);
    expect(watch([way], "2: connected :1", "1< 227 x", "1> PASV")[0]).toBe("--n");
  });

  it("begins anew and remembers where the newest match began", () => {
    expect(watch([way], "1> PASV", "1> PASV", "1< 227 x", "2: connected :1")).toEqual(["nnnR", 1]);
  });

  it("does not take one line for two", () => {
    expect(watch([["1> LIST", "1> LIST"]], "1> LIST", "1> LIST")).toEqual(["nR", 0]);
  });

  it("is reached any of its ways", () => {
    expect(watch([way, ["1> EPSV"]], "1> PASV", "1> EPSV")).toEqual(["nR", 1]);
  });

  it("holds an absence between the lines around it, and lets one try again", () => {
    const without = ["1> LIST", "! 2: connected", "1< 425"];
    expect(watch([without], "1> LIST", "1< 425 no")).toEqual(["nR", 0]);
    expect(watch([without], "1> LIST", "2: connected :1", "1< 425 no")[0]).toBe("n--");
    expect(watch([without], "1> LIST", "2: connected :1", "1> LIST", "1< 425 no")).toEqual([
      "n-nR",
      2,
    ]);
    expect(watch([["! 2: connected", "1> LIST"]], "2: connected :1", "1> LIST")[0]).toBe("--");
  });
});

describe("a goal with a bound", () => {
  /** As above, of commands. */
  const bounded = (...lines: string[]): string => {
    const goal = watchGoal([["1> PASV", "1< 227", "at most 2 commands"]]);
    return lines
      .map((text, at) => {
        const event: NotationEvent = { fact: at, kind: "line", text, control: text[1] === ">" };
        return { reached: "R", nearer: "n", "": "-" }[goal.take(event, at, data) ?? ""];
      })
      .join("");
  };

  it("counts from its first line to its last", () => {
    expect(bounded("1> NOOP", "1> NOOP", "1> PASV", "1> NOOP", "1< 227 x")).toBe("--n-R");
    expect(bounded("1> PASV", "1> NOOP", "1> NOOP", "1< 227 x")).toBe("n---");
  });

  it("lets one begin again", () => {
    expect(bounded("1> PASV", "1> NOOP", "1> NOOP", "1> PASV", "1< 227 x")).toBe("n--nR");
  });
});

describe("words", () => {
  it("are taken apart at their marks", () => {
    expect(words("Say `LIST` on the **blue** one, not on ==amber==.")).toEqual([
      { kind: "plain", text: "Say " },
      { kind: "code", text: "LIST" },
      { kind: "plain", text: " on the " },
      { kind: "control", text: "blue" },
      { kind: "plain", text: " one, not on " },
      { kind: "data", text: "amber" },
      { kind: "plain", text: "." },
    ]);
    expect(words("Say *who* you are, not *.txt or LIST*.")).toEqual([
      { kind: "plain", text: "Say " },
      { kind: "stress", text: "who" },
      { kind: "plain", text: " you are, not *.txt or LIST*." },
    ]);
    expect(words("2 * 3 ** 4 == `")).toEqual([{ kind: "plain", text: "2 * 3 ** 4 == `" }]);
  });
});
