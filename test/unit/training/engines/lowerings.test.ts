import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockSize } from "../../../../src/training/engines/onnx-runtime";
import type { ModelDefinition } from "../../../../src/training/models";
import { enginePair, largestDifference, noise, testModel } from "./comparison";

/** Three steps on both engines: the weights stay within 1e-5 of each other. */
async function agree(
  model: ModelDefinition,
  lowering: "auto" | "plain",
  rows: number,
  levels = 0,
): Promise<void> {
  const { compiled, eager } = await enginePair(model, lowering);
  const size = lowering === "plain" ? undefined : await blockSize();
  expect(compiled.description.lowering).toBe(size === undefined ? "plain" : `nchwc${size}`);
  const initial = compiled.weights();
  for (let step = 0; step < 3; step++) {
    const batch = noise(model, rows, step, levels);
    const losses = [await compiled.step(batch, 0.05), await eager.step(batch, 0.05)];
    expect(Math.abs(losses[0] - losses[1])).toBeLessThan(1e-5 * (1 + Math.abs(losses[1])));
  }
  expect(largestDifference(compiled.weights(), initial)).toBeGreaterThan(1e-3);
  expect(largestDifference(compiled.weights(), eager.weights())).toBeLessThan(1e-5);
  const { images } = noise(model, rows, 9);
  const logits = [await compiled.evaluate(images, rows), await eager.evaluate(images, rows)];
  logits[0].forEach((value, i) => {
    expect(Math.abs(value - logits[1][i])).toBeLessThan(1e-4);
  });
  await compiled.dispose();
  await eager.dispose();
}

const networks: Record<string, ModelDefinition> = {
  "dense layers": testModel([5, 3, 2], 7, (net) =>
    net.flatten().dense(9, "relu").dropout(0.3).dense(7),
  ),
  "a dense layer without activation before another, one logit": testModel([4, 4, 1], 1, (net) =>
    net.flatten().dense(6).dense(1),
  ),
  "convolutions of whole blocks": testModel([7, 7, 16], 4, (net) =>
    net
      .convolution({ filters: 32, kernelSize: 3, activation: "relu" })
      .convolution({ filters: 16, kernelSize: 3 })
      .flatten()
      .dense(4),
  ),
  "convolutions of broken blocks": testModel([7, 6, 3], 4, (net) =>
    net
      .convolution({ filters: 5, kernelSize: 3, activation: "relu" })
      .convolution({ filters: 19, kernelSize: 2, activation: "relu" })
      .convolution({ filters: 3, kernelSize: 2, activation: "relu" })
      .flatten()
      .dense(4),
  ),
  "padding 'same', odd and even kernels": testModel([6, 7, 1], 3, (net) =>
    net
      .convolution({ filters: 8, kernelSize: 3, padding: "same", activation: "relu" })
      .convolution({ filters: 16, kernelSize: 4, padding: "same", activation: "relu" })
      .convolution({ filters: 4, kernelSize: 5, padding: "same" })
      .flatten()
      .dense(3),
  ),
  "strides with padding 'same' and 'valid'": testModel([11, 10, 3], 3, (net) =>
    net
      .convolution({ filters: 12, kernelSize: 3, strides: 2, padding: "same", activation: "relu" })
      .convolution({ filters: 16, kernelSize: 3, strides: 2, activation: "relu" })
      .flatten()
      .dense(3),
  ),
  "strides that leave rows out": testModel([11, 12, 2], 3, (net) =>
    net
      .convolution({ filters: 6, kernelSize: 2, activation: "relu" })
      .convolution({ filters: 6, kernelSize: 2, strides: 3, activation: "relu" })
      .flatten()
      .dense(3),
  ),
  "1x1 convolutions, strided too": testModel([6, 5, 4], 3, (net) =>
    net
      .convolution({ filters: 16, kernelSize: 1, activation: "relu" })
      .convolution({ filters: 8, kernelSize: 1, strides: 2, activation: "relu" })
      .convolution({ filters: 8, kernelSize: 1, strides: 2, padding: "same" })
      .flatten()
      .dense(3),
  ),
  "pooling of even sizes": testModel([8, 8, 2], 3, (net) =>
    net
      .convolution({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" })
      .maxPooling()
      .convolution({ filters: 16, kernelSize: 1 })
      .maxPooling()
      .flatten()
      .dense(3),
  ),
  "pooling of odd sizes and broken blocks": testModel([9, 10, 3], 3, (net) =>
    net
      .convolution({ filters: 10, kernelSize: 2, activation: "relu" })
      .convolution({ filters: 5, kernelSize: 2, activation: "relu" })
      .maxPooling()
      .flatten()
      .dense(3),
  ),
  "pooling of odd sizes with padding 'same'": testModel([7, 9, 3], 3, (net) =>
    net
      .convolution({ filters: 7, kernelSize: 3, padding: "same" })
      .maxPooling(2, "same")
      .flatten()
      .dense(3),
  ),
  "pooling first": testModel([6, 6, 3], 3, (net) =>
    net.maxPooling().convolution({ filters: 4, kernelSize: 2 }).flatten().dense(3),
  ),
  "dropout between convolutions": testModel([6, 6, 3], 2, (net) =>
    net
      .convolution({ filters: 8, kernelSize: 2, activation: "relu" })
      .dropout(0.4)
      .convolution({ filters: 16, kernelSize: 2, activation: "relu" })
      .dropout(0.25)
      .flatten()
      .dropout(0.5)
      .dense(2),
  ),
};

describe.each(["auto", "plain"] as const)("lowering %s agrees with eager tfjs on", (lowering) => {
  describe.each(Object.entries(networks))("%s", (_, model) => {
    // Below, at and beyond a block of rows, which are channels where filters' gradients are computed.
    test.each([1, 3, 16, 21])("batches of %i", (rows) => agree(model, lowering, rows));
  });

  test("equal maxima: the first in a window takes the gradient", async () => {
    await agree(networks["pooling of even sizes"], lowering, 4, 2);
    await agree(networks["pooling first"], lowering, 4, 2);
    const identical = testModel([5, 7, 3], 3, (net) =>
      net.convolution({ filters: 9, kernelSize: 1 }).maxPooling().flatten().dense(3),
    );
    await agree(identical, lowering, 5, 2);
  });

  test("networks drawn at random", async () => {
    const network = fc.record({
      size: fc.tuple(fc.integer({ min: 5, max: 9 }), fc.integer({ min: 5, max: 9 })),
      channels: fc.integer({ min: 1, max: 18 }),
      filters: fc.array(fc.integer({ min: 1, max: 33 }), { minLength: 1, maxLength: 2 }),
      kernelSize: fc.integer({ min: 1, max: 3 }),
      strides: fc.integer({ min: 1, max: 2 }),
      padding: fc.constantFrom("same" as const, "valid" as const),
      pooling: fc.boolean(),
      rows: fc.integer({ min: 1, max: 18 }),
    });
    await fc.assert(
      fc.asyncProperty(network, async ({ size, channels, filters, pooling, rows, ...options }) => {
        const model = testModel([...size, channels], 3, (net) => {
          for (const count of filters)
            net.convolution({ filters: count, activation: "relu", ...options });
          if (pooling) net.maxPooling(2, "same");
          return net.flatten().dense(3);
        });
        await agree(model, lowering, rows);
      }),
      { numRuns: 12, seed: 1 },
    );
  });
});
