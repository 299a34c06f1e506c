import path from "node:path";
import { openCheckpoint } from "../../../src/checkpoint/open";
import type { Checkpoint } from "../../../src/checkpoint/checkpoint";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";
import type { CallContext } from "../../../src/protocol/rpc-server";

/** A call that nobody cancels. */
export const quiet: CallContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
};

/** Writes one tensor `t` to a file and opens it. */
export async function checkpointOf(
  folder: string,
  shape: readonly number[],
  values: Float32Array,
): Promise<Checkpoint> {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.safetensors`);
  await writeSafetensors(file, [{ name: "t", shape, values }]);
  return openCheckpoint(file);
}

/** 0, 1, 2 … so that each element tells its own index. */
export function counting(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => index);
}

export function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}
