/** A whole lesson inside a link: compressed, and written in letters that an address may have. */
import { LONGEST_SOURCE } from "./limits.ts";
import { ReadError } from "./reader.ts";

/** Longer links get lost on their way, in mails and chats. */
const LONGEST_LINK = 30_000;

/** The lesson as text for `#/learn?lesson=…`. Undefined: it is too long for a link. */
export async function packLesson(source: string): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(source);
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return text.length > LONGEST_LINK ? undefined : text;
}

/** The lesson of such a text. Throws a ReadError. */
export async function unpackLesson(text: string): Promise<string> {
  if (text.length > 2 * LONGEST_LINK) throw new ReadError("The link is too long to hold a lesson.");
  let packed: Uint8Array<ArrayBuffer>;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    packed = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    throw new ReadError("The link is damaged: part of it may have been cut off.");
  }
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  try {
    return await readText(stream);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw new ReadError("The link is damaged: part of it may have been cut off.");
  }
}

/** Text from a stream that may be far longer than it looks: it is read as far as a lesson may go. */
export async function readText(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const sink = new WritableStream<Uint8Array>({
    write(part) {
      text += decoder.decode(part, { stream: true });
      if (text.length > LONGEST_SOURCE) {
        throw new ReadError("What is there is far too long for a lesson.");
      }
    },
  });
  await stream.pipeTo(sink);
  return text + decoder.decode();
}

/** Fetches a lesson that lies on this very site. Throws a ReadError. */
export async function fetchLesson(path: string): Promise<string> {
  let address: URL;
  try {
    address = new URL(path, location.href.split("#")[0]);
  } catch {
    throw new ReadError("The link names no address that can be read.");
  }
  if (address.origin !== location.origin) {
    throw new ReadError("A lesson can only be opened from this site itself, not from another one.");
  }
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: "omit", redirect: "error" });
  } catch {
    throw new ReadError("The lesson could not be fetched. Is the network there?");
  }
  if (!answer.ok || !answer.body) throw new ReadError(`There is no file at ${address.pathname}.`);
  if (answer.headers.get("content-type")?.includes("html") === true) {
    throw new ReadError(`At ${address.pathname} there is a web page, not a lesson.`);
  }
  return readText(answer.body);
}
