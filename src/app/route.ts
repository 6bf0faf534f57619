/** The hash routes: which page of the site an address means. */

/** A page of the site. */
export type Route =
  | { readonly page: "home" }
  | { readonly page: "sandbox" }
  | { readonly page: "learn" | "present"; readonly slug: string }
  | { readonly page: "unknown"; readonly hash: string };

/** Reads `location.hash`. An empty one is home. */
export function parseRoute(hash: string): Route {
  if (hash === "" || hash === "#" || hash === "#/") return { page: "home" };
  if (/^#\/sandbox\/?$/.test(hash)) return { page: "sandbox" };
  const [, page, slug] = /^#\/(learn|present)\/([^/]+)\/?$/.exec(hash) ?? [];
  if (slug !== undefined && (page === "learn" || page === "present")) return { page, slug };
  return { page: "unknown", hash };
}
