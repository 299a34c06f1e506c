import type { ByteSource } from "./byte-source";
import { CheckpointError } from "./error";
import { ParseError } from "./parse-error";

const FIRST = 1 << 14;
/** Above any real header: it is held in memory. */
const LIMIT = 1 << 28;

/**
 * Parses what a file, or a part of it, begins with, whose length nothing tells: a growing part of the file is tried until it is whole.
 * @param parse throws a ParseError, early where the bytes end before what is parsed
 * @param what is parsed, for errors
 * @param offset where in the file it begins
 * @throws CheckpointError
 */
export async function parsePrefix<T>(
  file: ByteSource,
  what: string,
  parse: (bytes: Uint8Array) => T,
  offset = 0,
): Promise<T> {
  const size = Math.min((await file.size()) - offset, LIMIT);
  for (let length = Math.min(FIRST, size); ; length = Math.min(4 * length, size)) {
    const bytes = new Uint8Array(length);
    await file.read(bytes, offset);
    try {
      return parse(bytes);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      if (!error.early || length === size)
        throw new CheckpointError(file.path, `${what}: ${error.reason}`, offset + error.offset);
    }
  }
}
