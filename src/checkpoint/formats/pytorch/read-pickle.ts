import { CheckpointError } from "../../error";
import { ParseError } from "../../parse-error";
import { unpickle } from "../../pickle/unpickle";
import type { PickleValue } from "../../pickle/values";

/** Above any real one: weights lie outside the pickle. */
export const MAX_PICKLE_BYTES = 1 << 28;

/**
 * Reads one pickle.
 * @param offset of the bytes in the file, for errors
 * @throws CheckpointError
 */
export function readPickle(
  path: string,
  bytes: Uint8Array,
  offset: number,
): { value: PickleValue; length: number } {
  try {
    return unpickle(bytes);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new CheckpointError(path, `pickle: ${error.reason}`, offset + error.offset);
  }
}
