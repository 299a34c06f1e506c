import { access, constants } from "node:fs/promises";
import path from "node:path";

const reasons: Readonly<Record<string, string>> = {
  EROFS: "it is read-only",
  EACCES: "this user may not",
  EPERM: "this user may not",
};

/**
 * An error in words that say what to do, where it came of a folder that cannot be written to; else the error itself. (Of a
 * folder on a read-only disk Node tells that what is to be made in it does not exist.)
 */
export async function inWords(error: unknown): Promise<unknown> {
  const { code, path: place } = error as NodeJS.ErrnoException;
  if (place === undefined || (code !== "ENOENT" && !(code && code in reasons))) return error;
  const [folder, reason] = await unwritable(place);
  if (reason === undefined) return error;
  return new Error(
    `${folder} cannot be written to: ${reason}. Make it writable, or name another place for results with --out, and ` +
      "run it again: it goes on from here.",
    { cause: error },
  );
}

/** The nearest folder or file that is there, and why it cannot be written to; undefined where it can. */
async function unwritable(place: string): Promise<readonly [string, string | undefined]> {
  try {
    await access(place, constants.W_OK);
    return [place, undefined];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const above = path.dirname(place);
    if (code === "ENOENT" && above !== place) return unwritable(above);
    return [place, reasons[code]];
  }
}
