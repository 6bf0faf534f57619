import { expect, it } from "vitest";
import { parseRoute } from "../../src/app/route.ts";

it.each([
  ["", { page: "home" }],
  ["#/", { page: "home" }],
  ["#/learn/the-sum", { page: "learn", slug: "the-sum" }],
  ["#/learn/the-sum/", { page: "learn", slug: "the-sum" }],
  ["#/present/the-sum", { page: "present", slug: "the-sum" }],
  ["#/learn?from=lessons/a.md", { page: "link", source: { kind: "file", path: "lessons/a.md" } }],
  ["#/learn?lesson=Zm9v", { page: "link", source: { kind: "packed", text: "Zm9v" } }],
  ["#/sandbox", { page: "sandbox", scenario: "", type: "" }],
  ["#/sandbox/nat?type=RETR%20a", { page: "sandbox", scenario: "nat", type: "RETR a" }],
  ["#/reference", { page: "reference", word: "" }],
  ["#/reference/CR%20LF", { page: "reference", word: "CR LF" }],
  ["#/stamps", { page: "stamps" }],
  ["#/author", { page: "author" }],
  ["#/learn", { page: "unknown", hash: "#/learn" }],
  ["#/author/x", { page: "unknown", hash: "#/author/x" }],
  ["#/reference/%", { page: "unknown", hash: "#/reference/%" }],
  ["#/nowhere", { page: "unknown", hash: "#/nowhere" }],
])("%s", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});
