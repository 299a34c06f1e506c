import path from "node:path";
import type { Checkpoint } from "../../../src/checkpoint/checkpoint";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";

/** Writes a vector of weights as a checkpoint of two tensors, the second one a matrix of two rows. */
export async function writeState(
  directory: string,
  name: string,
  weights: ArrayLike<number>,
  prefix = "",
): Promise<string> {
  const values = Float32Array.from(weights);
  const split = values.length % 2 === 0 ? 4 : 3;
  const file = path.join(directory, `${name}.safetensors`);
  await writeSafetensors(file, [
    { name: `${prefix}first`, shape: [split], values: values.subarray(0, split) },
    {
      name: `${prefix}second`,
      shape: [2, (values.length - split) / 2],
      values: values.subarray(split),
    },
  ]);
  return file;
}

/** Writes rows as checkpoints and opens them. */
export async function openStates(
  directory: string,
  rows: readonly ArrayLike<number>[],
): Promise<Checkpoint[]> {
  const open: Checkpoint[] = [];
  for (const [i, row] of rows.entries())
    open.push(await openCheckpoint(await writeState(directory, `state-${i}`, row)));
  return open;
}
