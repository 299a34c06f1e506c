import { describe, expect, test } from "vitest";
import { lower } from "../../../../src/training/compiler/lower";
import type { SpatialLayout } from "../../../../src/training/compiler/lower/layout";
import { plainLayout } from "../../../../src/training/compiler/lower/plain-layout";
import { rewrite } from "../../../../src/training/compiler/rewrite";
import { traceTrainingStep } from "../../../../src/training/compiler/step";
import { kernelLevel } from "../../../../src/training/engines/kernel-level";
import { createOnnxEngine } from "../../../../src/training/engines/onnx-engine";
import { openSession } from "../../../../src/training/engines/onnx-runtime";
import { verifyTrainingStep } from "../../../../src/training/engines/verification";
import { noise, testModel } from "./comparison";

const model = testModel([6, 6, 2], 3, (net) =>
  net
    .convolution({ filters: 4, kernelSize: 3, activation: "relu" })
    .maxPooling()
    .dropout(0.3)
    .flatten()
    .dense(3),
);

async function verify(layout: SpatialLayout, rows: number): Promise<void> {
  const program = traceTrainingStep(model, rows);
  await verifyTrainingStep(model, await openSession(lower(rewrite(program), layout), 1), rows);
}

describe("verification", () => {
  test.each([1, 2, 5, 8])("accepts a right step of %i rows", (rows) => verify(plainLayout, rows));

  const wrong: Record<string, Partial<SpatialLayout>> = {
    "a bias left out": {
      convolution: (graph, operands, options) =>
        plainLayout.convolution(graph, { ...operands, bias: undefined }, options),
    },
    "a bias gradient of another size": {
      channelSums: (graph, image) =>
        graph.op("Mul", [plainLayout.channelSums(graph, image), graph.scalar(1.01)]),
    },
    "a filter gradient upside down": {
      convolutionFilterGradient: (graph, operands, options) =>
        graph.op("Slice", [
          plainLayout.convolutionFilterGradient(graph, operands, options),
          graph.int64s([-1]),
          graph.int64s([-4]),
          graph.int64s([0]),
          graph.int64s([-1]),
        ]),
    },
  };
  test.each(Object.entries(wrong))("refuses %s", async (_, part) => {
    await expect(verify({ ...plainLayout, ...part }, 4)).rejects.toThrow("disagrees with tfjs");
  });
});

test("the engine describes itself", async () => {
  const engine = await createOnnxEngine({ model, initialWeights: 1, dropout: 1 });
  expect(engine.description).toMatchObject({ name: "onnxruntime", threads: 1 });
  expect(engine.description.version).toMatch(/^1\.30\.0, compiler \d+$/);
  expect(engine.description.lowering).toMatch(/^(nchwc8|nchwc16|plain)$/);
  expect(engine.description.kernelLevel).toBe(kernelLevel());
  expect(kernelLevel()).toMatch(process.arch === "x64" ? /^(avx512|avx2|avx|sse|x64 .+)$/ : /./);
});

test("evaluation takes any number of rows and leaves the weights as they are", async () => {
  const engine = await createOnnxEngine({ model, initialWeights: 1, dropout: 1 });
  const before = engine.weights();
  const { images } = noise(model, 450, 1);
  const [logits] = await engine.evaluate(images, 450);
  expect(logits).toHaveLength(450 * 3);
  const [last] = await engine.evaluate(images.subarray(449 * 72), 1);
  expect(Array.from(last)).toEqual(Array.from(logits.subarray(449 * 3)));
  expect(engine.weights()).toEqual(before);
});
