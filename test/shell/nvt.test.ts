import { describe, expect, it } from "vitest";
import { fromBytes, toBytes, type Octets } from "../../src/sim/bytes.ts";
import { createReceiver } from "../../src/sim/shell/nvt.ts";

/** A receiver that notes what it is told. */
function createEar({ binary = false, crmod = false } = {}) {
  const heard: string[] = [];
  const owner = {
    binary,
    crmod,
    flushing: false,
    negotiate(verb: number, option: number) {
      heard.push(`${verb} ${option}`);
      // A timing mark ends a flush.
      if (option === 6) owner.flushing = false;
    },
    subnegotiate: (option: number, parameters: readonly number[]) =>
      void heard.push(`${option}: ${parameters.join(" ")}`),
  };
  const receive = createReceiver(owner);
  return { owner, heard, show: (octets: Octets): Octets => fromBytes(receive(toBytes(octets))) };
}

/** Each case: what comes, what is shown, what telnet is told. */
const cases: [string, Octets, Octets, string[]][] = [
  ["text", "220 hi\r\n", "220 hi\r\n", []],
  ["a lone LF", "a\nb", "a\r\nb", []],
  ["a lone CR", "a\rb", "a\rb", []],
  ["CR NUL", "a\r\0b", "a\rb", []],
  ["NUL alone", "a\0b", "a\0b", []],
  ["CR CR LF", "a\r\r\nb", "a\r\r\nb", []],
  ["CR CR NUL", "a\r\r\0b", "a\r\rb", []],
  ["IAC IAC", "a\xff\xffb", "a\xffb", []],
  ["CR IAC IAC", "\r\xff\xff\0", "\r\xff\0", []],
  ["IAC NOP", "a\xff\xf1b", "ab", []],
  ["IAC and no command", "a\xffAb", "ab", []],
  ["WILL ECHO", "a\xff\xfb\x01b", "ab", ["251 1"]],
  ["DO IAC as an option", "\xff\xfd\xffb", "b", ["253 255"]],
  ["a subnegotiation", "a\xff\xfa\x18\x01\xff\xf0b", "ab", ["24: 1"]],
  ["IAC IAC inside of one", "\xff\xfa\x1f\0\xff\xff\0\x18\xff\xf0b", "b", ["31: 0 255 0 24"]],
  ["an empty one", "\xff\xfa\xff\xf0b", "b", []],
  ["one that is broken off", "\xff\xfa\x18\x01\xff\xf6b", "b", []],
  ["one that is broken off by another", "\xff\xfa\x18\xff\xfa\x1f\x01\xff\xf0b", "b", ["31: 1"]],
  ["a picture", "\x89PNG\r\n\x1a\n\0\xff\xd8\xff\xe0\xff\xff", "\x89PNG\r\n\x1a\r\n\0\xff", []],
];

describe("the receiving half of telnet", () => {
  it.each(cases)("%s, whole", (_name, octets, shown, told) => {
    const ear = createEar();
    expect(ear.show(octets)).toBe(shown);
    expect(ear.heard).toEqual(told);
  });

  it.each(cases)("%s, byte by byte", (_name, octets, shown, told) => {
    const ear = createEar();
    expect(Array.from(octets, (octet) => ear.show(octet)).join("")).toBe(shown);
    expect(ear.heard).toEqual(told);
  });

  it.each(cases)("%s, with bytes trailing", (_name, octets, shown, told) => {
    const ear = createEar();
    expect(ear.show(`${octets}NOOP\n`)).toBe(`${shown}NOOP\r\n`);
    expect(ear.heard).toEqual(told);
  });

  it("leaves everything but IAC as it is where BINARY is agreed on", () => {
    expect(createEar({ binary: true }).show("a\nb\r\0c\r\nd\xff\xff")).toBe("a\nb\r\0c\r\nd\xff");
  });

  it("makes a new line of a lone CR for `crmod`, wherever the stream is cut", () => {
    const text = "a\rb\r\nc\r\0d\re\r";
    const shown = "a\r\r\nb\r\nc\rd\r\r\ne\r";
    expect(createEar({ crmod: true }).show(text)).toBe(shown);
    const ear = createEar({ crmod: true });
    expect(Array.from(text, (octet) => ear.show(octet)).join("")).toBe(shown);
  });

  it("shows nothing while output is flushed, and goes on behind the timing mark", () => {
    const ear = createEar();
    ear.owner.flushing = true;
    expect(ear.show("lost\r\n")).toBe("");
    expect(ear.show("lost\xff\xfc\x06kept\n")).toBe("kept\r\n");
  });
});
