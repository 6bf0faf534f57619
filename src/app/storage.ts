/** The browser's store, which may be denied or full: nobody here throws for that. */

/** The stored text, or undefined if there is none or the store is closed to us. */
export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores text. False: the store is full or denied. */
export function writeStored(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** Forgets a stored text. */
export function dropStored(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A store that is closed to us holds nothing of ours.
  }
}
