import { array, assert, boolean, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createOptions,
  type Negotiation,
  type Options,
  type Performer,
} from "../../src/sim/protocol/telnet-options.ts";
import { DO, DONT, WILL, WONT } from "../../src/sim/protocol/telnet.ts";

const ECHO = 1;
const SGA = 3;
const ODD = 99;

/** One end that lets the other echo, and suppresses the go-ahead itself. */
const fresh = (): Options => createOptions({ us: new Set([SGA]), them: new Set([ECHO]) });

/** Each case: what is asked for or heard, in its order; what the last of it sends; what is wanted then. */
type Deed = readonly ["ask", Performer, number, boolean] | readonly ["heard", ...Negotiation];

function play(deeds: readonly Deed[]): { options: Options; sent: readonly Negotiation[] } {
  const options = fresh();
  let sent: readonly Negotiation[] = [];
  for (const deed of deeds) {
    sent =
      deed[0] === "ask" ? options.ask(deed[1], deed[2], deed[3]) : options.heard(deed[1], deed[2]);
  }
  return { options, sent };
}

const askOn: Deed = ["ask", "them", ECHO, true];
const askOff: Deed = ["ask", "them", ECHO, false];
const will: Deed = ["heard", WILL, ECHO];
const wont: Deed = ["heard", WONT, ECHO];

describe("an option of the other side (RFC 1143)", () => {
  // A row is one arrow of the state diagram: where it begins, what is sent, whether it is wanted then.
  it.each<[string, Deed[], Negotiation[], boolean]>([
    ["NO, offered", [will], [[DO, ECHO]], true],
    ["NO, refused", [wont], [], false],
    ["NO, wished", [askOn], [[DO, ECHO]], true],
    ["NO, not wished", [askOff], [], false],
    ["YES, offered again", [will, will], [], true],
    ["YES, ended", [will, wont], [[DONT, ECHO]], false],
    ["YES, wished away", [will, askOff], [[DONT, ECHO]], false],
    ["YES, wished again", [will, askOn], [], true],
    ["WANTYES, granted", [askOn, will], [], true],
    ["WANTYES, refused", [askOn, wont], [], false],
    ["WANTYES, wished again", [askOn, askOn], [], true],
    ["WANTYES, thought better of", [askOn, askOff], [], false],
    ["WANTYES OPPOSITE, granted", [askOn, askOff, will], [[DONT, ECHO]], false],
    ["WANTYES OPPOSITE, refused", [askOn, askOff, wont], [], false],
    ["WANTYES OPPOSITE, wished", [askOn, askOff, askOn], [], true],
    ["WANTNO, granted", [will, askOff, wont], [], false],
    ["WANTNO, offered against the rules", [will, askOff, will], [], false],
    ["WANTNO, wished", [will, askOff, askOn], [], true],
    ["WANTNO OPPOSITE, granted", [will, askOff, askOn, wont], [[DO, ECHO]], true],
    ["WANTNO OPPOSITE, offered against the rules", [will, askOff, askOn, will], [], true],
    ["WANTNO OPPOSITE, wished away", [will, askOff, askOn, askOff], [], false],
  ])("%s", (_name, deeds, answer, wanted) => {
    const { options, sent } = play(deeds);
    expect(sent).toEqual(answer);
    expect(options.wanted("them", ECHO)).toBe(wanted);
  });
});

describe("options at all", () => {
  it("answers for its own side with WILL and WONT", () => {
    expect(play([["heard", DO, SGA]]).sent).toEqual([[WILL, SGA]]);
    expect(
      play([
        ["heard", DO, SGA],
        ["heard", DONT, SGA],
      ]).sent,
    ).toEqual([[WONT, SGA]]);
    expect(play([["ask", "us", SGA, true]]).sent).toEqual([[WILL, SGA]]);
  });

  it.each<[Deed, Negotiation]>([
    [
      ["heard", WILL, ODD],
      [DONT, ODD],
    ],
    [
      ["heard", DO, ODD],
      [WONT, ODD],
    ],
    // What it lets the other do it need not do itself.
    [
      ["heard", DO, ECHO],
      [WONT, ECHO],
    ],
  ])("refuses each time what it has not: %j", (deed, answer) => {
    expect(play([deed]).sent).toEqual([answer]);
    expect(play([deed, deed]).sent).toEqual([answer]);
  });

  it("keeps both sides of one option apart", () => {
    const { options } = play([["heard", WILL, ECHO]]);
    expect(options.wanted("us", ECHO)).toBe(false);
  });

  it("never talks without end, and both ends come to think the same", () => {
    const wish = record({
      end: integer({ min: 0, max: 1 }),
      who: constantFrom<Performer>("us", "them"),
      option: constantFrom(ECHO, SGA, ODD),
      on: boolean(),
      /** So many messages are delivered before the next wish: they cross on the wire. */
      delivered: integer({ min: 0, max: 3 }),
    });
    assert(
      property(array(wish, { maxLength: 30 }), (wishes) => {
        const ends = [fresh(), fresh()] as const;
        const wires: [Negotiation[], Negotiation[]] = [[], []];
        let carried = 0;
        const deliver = (): boolean => {
          const from = wires[0].length > 0 ? 0 : 1;
          const message = wires[from].shift();
          if (message === undefined) return false;
          carried++;
          wires[1 - from]!.push(...ends[1 - from]!.heard(...message));
          return true;
        };
        for (const { end, who, option, on, delivered } of wishes) {
          wires[end]!.push(...ends[end]!.ask(who, option, on));
          for (let i = 0; i < delivered; i++) deliver();
        }
        while (deliver()) expect(carried).toBeLessThan(8 * wishes.length + 8);
        for (const option of [ECHO, SGA, ODD]) {
          expect(ends[0].wanted("us", option)).toBe(ends[1].wanted("them", option));
          expect(ends[1].wanted("us", option)).toBe(ends[0].wanted("them", option));
        }
      }),
      { numRuns: 500 },
    );
  });
});
