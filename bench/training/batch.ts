import type { ModelDefinition } from "../../src/training/models";
import type { Batch } from "../../src/training/engines/engine";
import { RandomStream } from "../../src/random/stream";

/** Random images and targets, always the same. */
export function randomBatch(model: ModelDefinition, rows: number): Batch {
  const random = new RandomStream("bench", model.id, rows);
  const size = model.inputShape.reduce((product, length) => product * length, rows);
  const images = Float32Array.from({ length: size }, () => random.uniform());
  const labels = () => [
    Int32Array.from({ length: rows }, () => random.below(Math.max(2, model.outputs))),
  ];
  return { rows, images, targets: model.exampleTargets?.(rows, random) ?? labels() };
}
