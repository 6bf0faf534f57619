/**
 * Lesson prose to HTML that is safe to put into a page: markup of the author's is shown, not
 * used; links lead to http, https or into the page; there are no images.
 */
import { Marked, type Token, type Tokens } from "marked";
import type { Report } from "./problems.ts";

/** Renders block tokens, which begin at `line` of the file. */
export type Render = (tokens: readonly Token[], line: number) => string;

/** What stands in the text until the session has decided. */
const UNTIL_KNOWN: Readonly<Record<string, string>> = {
  port: "the port",
  hi: "the fifth number",
  lo: "the sixth number",
  address: "the address",
};

/** What is drawn in the control connection's blue; every other **term** is one of the glossary. */
const CONTROL = /^(?:control connections?|blue)$/i;

/** The block tokens of a lesson's body. */
export function blocks(body: string): Token[] {
  return markdown(() => {}).lexer(body);
}

/** A renderer that reports what prose may not have. */
export function renderer(report: Report): Render {
  let line = 1;
  const marked = markdown((text) => report(line, text));
  return (tokens, at) => {
    line = at;
    return marked.parser([...tokens]).trim();
  };
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
  return text.replace(/[&<>"]/g, (char) => `&${names[char] ?? ""};`);
}

const PLACE = /^\{(\w+)(?:\.(\w+))?(?:\|([^}]*))?\}/;

function place(found: RegExpExecArray): string {
  const [, name = "", part = "text", words] = found;
  const value = part === "text" ? name : `${name}.${part}`;
  const until = words ?? UNTIL_KNOWN[part] ?? name;
  return `<span data-value="${value}">${escapeHtml(until)}</span>`;
}

function markdown(report: (text: string) => void): Marked {
  return new Marked({
    extensions: [
      {
        name: "value",
        level: "inline",
        start: (source: string) => source.indexOf("{"),
        tokenizer(source: string) {
          const found = PLACE.exec(source);
          return found ? { type: "value", raw: found[0], html: place(found) } : undefined;
        },
        renderer: (token: Tokens.Generic) => String(token["html"]),
      },
      {
        // ==amber== is the data connection, as **blue** is the control connection.
        name: "data",
        level: "inline",
        start: (source: string) => source.indexOf("=="),
        tokenizer(source: string) {
          const found = /^==(?!\s)(.+?)==/s.exec(source);
          if (!found) return undefined;
          const [raw, inner = ""] = found;
          return { type: "data", raw, tokens: this.lexer.inlineTokens(inner) };
        },
        renderer(token: Tokens.Generic) {
          return `<strong class="data">${this.parser.parseInline(token.tokens ?? [])}</strong>`;
        },
      },
    ],
    renderer: {
      strong({ tokens }) {
        const inner = this.parser.parseInline(tokens);
        const kind = CONTROL.test(inner) ? "control" : /^\d+$/.test(inner) ? "digit" : "term";
        return `<strong class="${kind}">${inner}</strong>`;
      },
      html({ text }) {
        return escapeHtml(text);
      },
      codespan({ text }) {
        const parts = text.split(/(\{\w+(?:\.\w+)?(?:\|[^}]*)?\})/);
        const inner = parts.map((part) => {
          const found = PLACE.exec(part);
          return found ? place(found) : escapeHtml(part);
        });
        // A short one that could be broken at a hyphen stays whole.
        const whole = /^(?=.*[-/]).{1,26}$/.test(text) ? ' class="whole"' : "";
        return `<code${whole}>${inner.join("")}</code>`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        if (href.startsWith("#")) return `<a href="${escapeHtml(href)}">${inner}</a>`;
        if (/^https?:\/\//.test(href)) {
          return `<a href="${escapeHtml(href)}" rel="noopener noreferrer">${inner}</a>`;
        }
        report(`A link leads to http://, https:// or #, not to \`${href}\`.`);
        return inner;
      },
      image({ text }) {
        report("A lesson shows no images: what there is to see is in the picture at the right.");
        return escapeHtml(text);
      },
      heading({ tokens, depth }) {
        if (depth < 3) report("A step is `## Its title`; a smaller heading is `###`.");
        return `<h3>${this.parser.parseInline(tokens)}</h3>`;
      },
    },
  });
}
