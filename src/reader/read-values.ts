import type { Checkpoint, NumberArray } from "../checkpoint/checkpoint";
import { MAX_VALUES, type ValuesBlock, type ValuesRequest } from "../protocol/checkpoint-editor";
import type { CallContext } from "../protocol/rpc-server";
import { Breather } from "./breather";
import { cut, planeOf } from "./plane";
import { readableTensor } from "./read-elements";
import { linesOf, spansOf } from "./spans";

/**
 * The values of a rectangle of a slice, row by row.
 * @throws RangeError where it is not of the tensor, or larger than MAX_VALUES
 */
export async function readValues(
  checkpoint: Checkpoint,
  { tensor: name, slice, rectangle }: ValuesRequest,
  { signal, progress }: CallContext,
): Promise<ValuesBlock> {
  const tensor = readableTensor(checkpoint, name);
  const plane = cut(planeOf(tensor.shape, slice), rectangle);
  const count = plane.rows * plane.columns;
  if (count > MAX_VALUES) throw new RangeError(`readValues: ${count} values at once`);
  const lines = linesOf(plane);
  const [perLine, perItem] = lines.linesAreRows ? [plane.columns, 1] : [1, plane.columns];
  const breather = new Breather(signal);
  let values: NumberArray | null = null;
  for (const span of spansOf(lines)) {
    const read = await checkpoint.readNumbers(tensor, span.start, span.length);
    values ??= emptyLike(read, count);
    for (let line = 0; line < span.lines; line++) {
      const from = line * lines.lineStride;
      const to = (span.line + line) * perLine + span.item * perItem;
      for (let item = 0; item < span.items; item++)
        values[to + item * perItem] = read[from + item * lines.itemStride];
    }
    progress(span.line / lines.lines);
    await breather.breathe();
  }
  return { values: values ?? new Float64Array(0) };
}

function emptyLike(array: NumberArray, length: number): NumberArray {
  if (array instanceof BigInt64Array) return new BigInt64Array(length);
  return array instanceof BigUint64Array ? new BigUint64Array(length) : new Float64Array(length);
}
