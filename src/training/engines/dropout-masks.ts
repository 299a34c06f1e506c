import { RandomStream } from "../../random/stream";
import type { DropoutSite } from "../models/dropout";

/** Random words on their way to masks: few enough to stay in the first-level cache. */
const words = new Uint32Array(4096);

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
  const dropBelow = Math.round(rate * 4294967296);
  const kept = 1 / (1 - rate);
  for (let start = 0; start < mask.length; start += words.length) {
    const part = mask.subarray(start, start + words.length);
    stream.fill(words.subarray(0, part.length));
    // A branch here would be mispredicted at random, which takes five times as long.
    for (let i = 0; i < part.length; i++) part[i] = kept * Number(words[i] >= dropBelow);
  }
}

/** The masks of a network's dropout layers for batches of one size, kept to be filled again. */
export function allocateMasks(dropouts: readonly DropoutSite[], rows: number): Float32Array[] {
  return dropouts.map(
    ({ shape }) => new Float32Array(shape.reduce((size, length) => size * length, rows)),
  );
}
