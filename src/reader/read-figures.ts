import type { Checkpoint, TensorInfo } from "../checkpoint/checkpoint";
import type { TensorFigures, TensorRequest } from "../protocol/checkpoint-editor";
import type { CallContext } from "../protocol/rpc-server";
import { Breather } from "./breather";
import { Moments } from "./moments";
import { readableTensor, readNumbers, type Numbers } from "./read-elements";

/** Elements in memory at a time. */
const BLOCK = 1 << 18;
const BINS = 64;

/** Norms and histogram of a tensor, in two passes over its blocks: the histogram needs the range first. */
export async function readFigures(
  checkpoint: Checkpoint,
  { tensor: name }: TensorRequest,
  context: CallContext,
): Promise<TensorFigures> {
  const tensor = readableTensor(checkpoint, name);
  const moments = new Moments();
  await eachBlock(checkpoint, tensor, context, 0, (values) => {
    moments.add(values);
  });
  const histogram = new Float64Array(BINS);
  if (moments.count > 0)
    await eachBlock(checkpoint, tensor, context, 0.5, (values) => {
      countInto(histogram, values, moments.min, moments.max);
    });
  const known = (value: number): number | null =>
    moments.count > 0 && Number.isFinite(value) ? value : null;
  return {
    elements: tensor.parameters,
    nonFinite: moments.nonFinite,
    zeros: moments.zeros,
    l2: known(Math.sqrt(moments.squares)),
    rms: known(Math.sqrt(moments.squares / moments.count)),
    mean: known(moments.mean),
    std: known(moments.std),
    min: known(moments.min),
    max: known(moments.max),
    histogram,
  };
}

/** Calls with every block in order; progress runs from `from` by a half. */
async function eachBlock(
  checkpoint: Checkpoint,
  tensor: TensorInfo,
  { signal, progress }: CallContext,
  from: number,
  use: (values: Numbers) => void,
): Promise<void> {
  const breather = new Breather(signal);
  for (let start = 0; start < tensor.parameters; start += BLOCK) {
    const count = Math.min(BLOCK, tensor.parameters - start);
    use(await readNumbers(checkpoint, tensor, start, count));
    progress(from + (0.5 * (start + count)) / tensor.parameters);
    await breather.breathe();
  }
}

/** Counts finite values in equal intervals from min to max, the last one closed. */
export function countInto(
  histogram: Float64Array,
  values: Numbers,
  min: number,
  max: number,
): void {
  const bins = histogram.length;
  // Halves, so that a range from the least to the greatest double does not overflow.
  const scale = max > min ? bins / (max / 2 - min / 2) / 2 : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value - value !== 0) continue;
    const bin = Math.floor((value - min) * scale);
    histogram[bin < bins ? bin : bins - 1]++;
  }
}
