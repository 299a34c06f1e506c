import { RandomStream } from "../../random/stream";
import type { DropoutSite } from "../models/dropout";

/**
 * Fills `mask` for one step of one dropout layer: 1 / (1 - rate) with probability 1 - rate, else 0, from the
 * stream of the run's seed, the step (from 0, over the whole run) and the layer (dropout layers from 0).
 */
export function fillDropoutMask(
  mask: Float32Array,
  rate: number,
  seed: number,
  step: number,
  layer: number,
): void {
  const stream = new RandomStream("dropout", seed, step, layer);
  stream.fillMask(mask, Math.round(rate * 4294967296), 1 / (1 - rate));
}

/** The masks of a network's dropout layers for batches of one size, kept to be filled again. */
export function allocateMasks(dropouts: readonly DropoutSite[], rows: number): Float32Array[] {
  return dropouts.map(
    ({ shape }) => new Float32Array(shape.reduce((size, length) => size * length, rows)),
  );
}
