/** How many cells of a terminal a character takes. */

/** Marks that join the character before them. A soft hyphen is shown, so it is none of these. */
const MARK = /^[\p{Mn}\p{Me}\u200b-\u200f\u202a-\u202e\u2060-\u2063\ufeff]$/u;

/** East Asian wide and fullwidth characters, as xterm's table (Unicode 6) has them: no emoji. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3040-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}]$/u;

/** The cells of one code point: 0, 1 or 2. */
export function width(char: string): 0 | 1 | 2 {
  if (char < "\u0300") return 1;
  return MARK.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
}
