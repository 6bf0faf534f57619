/**
 * Page structure. RFC 959 §3.1.2.3: each page has a header of its own length, the page's index, how
 * many bytes of data follow, and the type of the page, each in one byte of the transfer.
 */
import { concat } from "../bytes.ts";

/** A page: where it stands in the file, and what is in it. */
export interface Page {
  readonly index: number;
  readonly data: Uint8Array;
  readonly type: number;
}

/** Types of pages; an access controlled one has a fifth byte in its header. */
export const pageType = { last: 0, simple: 1, descriptor: 2, controlled: 3 } as const;

/** As many bytes as a page can have, since their number is one byte. */
export const PAGE = 255;
const HEADER = 4;

/** The bytes of a page. The index has room for its low byte alone. */
export function encodePage({ index, data, type }: Page): Uint8Array {
  return concat([new Uint8Array([HEADER, index & 0xff, data.length, type]), data]);
}

/** Reads pages out of bytes that come cut anywhere. */
export interface PageReader {
  take(bytes: Uint8Array): Page[];
  /** A page of a type that nobody knows, or a header that is too short. */
  readonly broken: boolean;
  /** The last page has come. */
  readonly over: boolean;
}

/** A reader of pages; indices go on counting where their byte begins anew. */
export function pageReader(): PageReader {
  let held: Uint8Array = new Uint8Array(0);
  let above = 0;
  let before = 0;
  const reader = { broken: false, over: false };
  return Object.assign(reader, {
    take(bytes: Uint8Array): Page[] {
      const pages: Page[] = [];
      held = concat([held, bytes]);
      while (held.length >= HEADER && !reader.broken && !reader.over) {
        const [header = 0, low = 0, length = 0, type = 0] = held;
        if (header < HEADER || type > pageType.controlled) reader.broken = true;
        else if (held.length < header + length) break;
        else {
          if (low < before) above += 256;
          before = low;
          reader.over = type === pageType.last;
          pages.push({ index: above + low, data: held.slice(header, header + length), type });
          held = held.slice(header + length);
        }
      }
      return pages;
    },
  });
}
