import * as tf from "@tensorflow/tfjs-core";
import { lower } from "../../../../src/training/compiler/lower";
import { blockedLayout } from "../../../../src/training/compiler/lower/blocked/layout";
import type { SpatialLayout } from "../../../../src/training/compiler/lower/layout";
import { plainLayout } from "../../../../src/training/compiler/lower/plain-layout";
import { rewrite } from "../../../../src/training/compiler/rewrite";
import { trace } from "../../../../src/training/compiler/trace";
import { blockSize, loadRuntime, openSession } from "../../../../src/training/engines/onnx-runtime";
import { emulatedOperators } from "./emulated-operators";

/** The layouts that this processor has, and the blocks of the other in standard operators. */
export const layouts: readonly {
  readonly name: string;
  readonly make: () => Promise<SpatialLayout>;
}[] = [
  { name: "plain", make: () => Promise.resolve(plainLayout) },
  { name: "blocked", make: async () => blockedLayout((await blockSize()) ?? 8) },
  { name: "blocks of 8", make: () => Promise.resolve(blockedLayout(8, emulatedOperators(8))) },
  { name: "blocks of 16", make: () => Promise.resolve(blockedLayout(16, emulatedOperators(16))) },
];

/** What `body` computes of inputs with these shapes and values when it is traced, compiled and run. */
export async function compiled(
  body: (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[],
  shapes: readonly (readonly number[])[],
  values: readonly Float32Array[],
  layout: { readonly make: () => Promise<SpatialLayout> },
): Promise<Float32Array[]> {
  const { Tensor } = await loadRuntime();
  const inputs = shapes.map((shape, i) => ({ name: `input/${i}`, tensor: tf.zeros([...shape]) }));
  const program = trace(inputs, () =>
    body(inputs.map(({ tensor }) => tensor)).map((tensor, i) => ({ name: `output/${i}`, tensor })),
  );
  tf.dispose(inputs.map(({ tensor }) => tensor));
  const session = await openSession(lower(rewrite(program), await layout.make()), 1);
  const feeds = values.map((data, i) => [`input/${i}`, new Tensor("float32", data, shapes[i])]);
  const outputs = await session.run(Object.fromEntries(feeds) as Record<string, never>);
  await session.release();
  return program.outputs.map(({ name }) => Float32Array.from(outputs[name].data as Float32Array));
}

/** Norm of the difference over the norm. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  let [difference, norm] = [0, 0];
  expected.forEach((value, i) => {
    difference += (actual[i] - value) ** 2;
    norm += value ** 2;
  });
  return Math.sqrt(difference / (norm || 1));
}
