import { RandomStream } from "../random/stream";
import type { LabelledImages } from "./datasets/dataset";
import type { Batch } from "./engines/engine";

/** Byte value to input in [0, 1], as float32. */
const scaled = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** The given images as float32 inputs in [0, 1] with their labels. */
export function gatherBatch(from: LabelledImages, indices: ArrayLike<number>): Batch {
  const size = from.images.length / from.count;
  const images = new Float32Array(indices.length * size);
  const labels = new Int32Array(indices.length);
  for (let row = 0; row < indices.length; row++) {
    const start = indices[row] * size;
    for (let i = 0; i < size; i++) images[row * size + i] = scaled[from.images[start + i]]!;
    labels[row] = from.labels[indices[row]]!;
  }
  return { images, targets: [labels], rows: indices.length };
}

/** Order of `count` training images in one epoch: a permutation drawn from the run's order seed. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  return new RandomStream("order", seed, epoch).shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
  );
}
