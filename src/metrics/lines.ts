import { createReadStream } from "node:fs";
import { MetricError } from "./error";

/** A line of a text, without its end. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** False of a last line that nothing ends: a program may be writing it. */
  readonly ended: boolean;
}

/** Characters of a line that are kept: what comes behind is passed over. */
export const LONGEST_LINE = 1 << 20;

/**
 * Lines of a UTF-8 file, one block at a time in memory; a byte order mark is dropped.
 * @param ends "\n" ends lines, with or without "\r" before it; with "cr" a "\r" alone does too, as progress bars write it
 * @param longest characters of a line that are kept
 * @throws MetricError where the file cannot be read
 */
export async function* linesOf(
  file: string,
  {
    ends = "lf",
    longest = LONGEST_LINE,
  }: { readonly ends?: "lf" | "cr"; readonly longest?: number } = {},
): AsyncGenerator<Line> {
  const end = ends === "lf" ? /\n/g : /[\r\n]/g;
  let text = "";
  let number = 1;
  try {
    for await (const block of createReadStream(file, { encoding: "utf8" })) {
      const part = block as string;
      let start = 0;
      for (const { index } of part.matchAll(end)) {
        text += part.slice(start, Math.min(index, start + longest));
        yield { text: tidy(text, number, longest), number, ended: true };
        text = "";
        number++;
        start = index + 1;
      }
      if (text.length < longest) text += part.slice(start, start + longest);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "this is a folder"
          : message;
    throw new MetricError(file, reason, null, { cause: error });
  }
  if (text !== "") yield { text: tidy(text, number, longest), number, ended: false };
}

function tidy(text: string, number: number, longest: number): string {
  const start = number === 1 && text.startsWith("\ufeff") ? 1 : 0;
  return text.slice(start, longest).replace(/\r$/, "");
}
