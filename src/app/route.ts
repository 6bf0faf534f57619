/** The hash routes: which page of the site an address means. */

/** Where a lesson that is not the course's comes from: a file of this site, or the link itself. */
export type Source =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "packed"; readonly text: string };

/** A page of the site. */
export type Route =
  | { readonly page: "home" | "author" | "stamps" | "teach" }
  | { readonly page: "learn" | "present"; readonly slug: string }
  | { readonly page: "link"; readonly source: Source }
  /** `type` is a line that stands typed in window 1, without its Enter. */
  | { readonly page: "sandbox"; readonly scenario: string; readonly type: string }
  /** `word` is a verb, a code, a term, or "" for all of them. */
  | { readonly page: "reference"; readonly word: string }
  | { readonly page: "unknown"; readonly hash: string };

/** Reads `location.hash`. An empty one is home. */
export function parseRoute(hash: string): Route {
  const unknown: Route = { page: "unknown", hash };
  const found = /^#?\/?([a-z]*)(?:\/([^/?]*))?\/?(?:\?(.*))?$/.exec(hash);
  if (!found) return unknown;
  const [, page = "", encoded = "", query = ""] = found;
  const asked = new URLSearchParams(query);
  let rest = "";
  try {
    rest = decodeURIComponent(encoded);
  } catch {
    return unknown;
  }
  if (page === "" && rest === "") return { page: "home" };
  if (page === "sandbox") return { page, scenario: rest, type: asked.get("type") ?? "" };
  if (page === "reference") return { page, word: rest };
  if (rest === "" && (page === "author" || page === "stamps" || page === "teach")) return { page };
  if (rest !== "" && (page === "learn" || page === "present")) return { page, slug: rest };
  const [path, text] = [asked.get("from"), asked.get("lesson")];
  if (page === "learn" && path) return { page: "link", source: { kind: "file", path } };
  if (page === "learn" && text) return { page: "link", source: { kind: "packed", text } };
  return unknown;
}
