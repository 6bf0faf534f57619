import { expect, it } from "vitest";
import { find, type Findable } from "../../src/app/search/find.ts";

const all: Findable[] = [
  { title: "LIST", kind: "command", href: "#1", text: "asks for a list" },
  { title: "passive mode", kind: "term", href: "#2", text: "The server listens." },
  { title: "227", kind: "reply", href: "#3", text: "passive: you dial" },
];
const titles = (query: string): string[] => find(all, query).map(({ title }) => title);

it("puts names before texts", () => {
  expect(titles("passive")).toEqual(["passive mode", "227"]);
  expect(titles("list")).toEqual(["LIST", "passive mode"]);
});

it("finds by beginnings, and wants every word, or else as many as it can get", () => {
  expect(titles("pass mo")).toEqual(["passive mode"]);
  expect(titles("passive list")).toEqual(["passive mode"]);
  expect(titles("a list nobody asked for")).toEqual(["LIST"]);
  expect(titles("nothing")).toEqual([]);
});

it("forgives one slip, and no more", () => {
  for (const slip of ["pasive", "passsive", "pazsive", "apssive"]) {
    expect(titles(slip), slip).toContain("passive mode");
  }
  expect(titles("pazzive")).toEqual([]);
  expect(titles("22")).toEqual(["227"]);
  expect(titles("")).toEqual([]);
});
