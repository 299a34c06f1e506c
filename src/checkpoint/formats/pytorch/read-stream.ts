import type { ByteSource } from "../../byte-source";
import { CheckpointError } from "../../error";
import { PickleError } from "../../pickle/cursor";
import { unpickle } from "../../pickle/unpickle";
import type { PickleValue } from "../../pickle/values";
import { MAX_PICKLE_BYTES } from "./read-pickle";

const FIRST = 1 << 16;

/**
 * Reads pickles that follow one another from the beginning of a file, whose lengths nothing tells: a growing part of
 * the file is tried until they are whole.
 * @returns the values, and where the last pickle ends
 * @throws CheckpointError
 */
export async function readStream(
  file: ByteSource,
  count: number,
): Promise<{ values: PickleValue[]; end: number }> {
  const size = Math.min(await file.size(), MAX_PICKLE_BYTES);
  for (let length = Math.min(FIRST, size); ; length = Math.min(4 * length, size)) {
    const bytes = new Uint8Array(length);
    await file.read(bytes, 0);
    const values: PickleValue[] = [];
    let end = 0;
    try {
      while (values.length < count) {
        const { value, length: taken } = unpickle(bytes.subarray(end));
        values.push(value);
        end += taken;
      }
      return { values, end };
    } catch (error) {
      if (!(error instanceof PickleError)) throw error;
      if (!error.early || length === size)
        throw new CheckpointError(file.path, `pickle: ${error.reason}`, end + error.offset);
    }
  }
}
