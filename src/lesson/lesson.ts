/**
 * What a lesson is, once its Markdown has been read. `parse.ts` makes it when the site is built;
 * the page gets it as plain data and `run.ts` runs it.
 *
 * Three kinds of text stand in it:
 * - a *pattern* is a line of the notation (see explain/notation.ts) with `*` for anything,
 *   `{data}` to name what stands there and `{data.port}` for what was named before;
 * - *words* are one sentence or two, plain but for `code`, **the control connection**, ==a data
 *   connection== and values such as {data.port} (`words.ts` takes them apart);
 * - *html* is prose, rendered and safe, with `<span data-value="data.port">the port</span>`
 *   where the page writes the value as soon as it is known.
 */

/** One lesson. */
export interface Lesson {
  readonly slug: string;
  readonly title: string;
  readonly part: string;
  readonly scenario: string;
  readonly minutes: number;
  /** Slugs of the lessons that come before. */
  readonly needs: readonly string[];
  readonly teaches: readonly string[];
  /** The question worth asking that it opens with, if it does not simply stand in the intro. */
  readonly question?: string;
  /** What stands before the first step. */
  readonly intro: string;
  /** Near misses that hold in every step. */
  readonly near: readonly Near[];
  readonly steps: readonly Step[];
  /** What stands after the last step, before the next two. */
  readonly outro: string;
  /** One sentence to take home, as html, or "". */
  readonly remember: string;
  /** What does the same outside of this page, as html, or "". */
  readonly realLife: string;
}

/** One step. It is reached by its goal, or by the right answer to its question. */
export interface Step {
  readonly title: string;
  readonly body: readonly Piece[];
  /** Other ways to the goal, each a list of patterns that must come true in order. */
  readonly goal: readonly (readonly string[])[];
  readonly near: readonly Near[];
  /** Words, each telling more than the one before. */
  readonly hints: readonly string[];
  readonly solution: readonly Keys[];
  /** Other ways that are accepted too, to be tried by whoever checks the lesson. */
  readonly ways?: readonly (readonly Keys[])[];
  /** Words for the back row, or "". */
  readonly caption: string;
  readonly ask?: Ask;
}

/** A part of a step's text, in the order of the page. */
export type Piece =
  | { readonly kind: "prose"; readonly html: string }
  /** A card with "Type it"; of a deed, "Switch it" or "Skip". */
  | ({ readonly kind: "type"; readonly label?: string } & Keys)
  /** Here stands the step's question. */
  | { readonly kind: "ask" };

/**
 * A line to type, without its Enter. Of window 0 it is a deed, done beside the windows: `switch
 * home-nat off`, `skip`, `wait 5` (see deed.ts).
 */
export interface Keys {
  readonly window: number;
  readonly text: string;
}

/** A near miss: a line that comes when this goes wrong, its words, and how to bring it about. */
export interface Near {
  readonly on: string;
  readonly words: string;
  readonly attempt: readonly Keys[];
}

/** A question. */
export type Ask = NumberAsk | ChoiceAsk | TextAsk;

/** A question whose answer is a number. */
export interface NumberAsk {
  readonly kind: "number";
  readonly words: string;
  /** Numbers and values with + and *, as `{data.hi}*256+{data.lo}`. */
  readonly answer: string;
  /** A pattern whose `{answer}` counts as an attempt too, from this step on: somebody just dials. */
  readonly also?: string;
  readonly right: string;
  /** What to say to a wrong number: by the number, by what `diagnosePort` calls it, or `other`. */
  readonly wrong: Readonly<Record<string, string>>;
}

/** A question with answers to choose from. */
export interface ChoiceAsk {
  readonly kind: "choice";
  readonly words: string;
  readonly options: readonly {
    readonly label: string;
    readonly right: boolean;
    readonly words: string;
  }[];
}

/** A question answered in the learner's own words. */
export interface TextAsk {
  readonly kind: "text";
  readonly words: string;
  /** The first that fits says its words. `*` stands for anything; the last one is `*`. */
  readonly answers: readonly {
    readonly patterns: readonly string[];
    readonly right: boolean;
    readonly words: string;
  }[];
}
