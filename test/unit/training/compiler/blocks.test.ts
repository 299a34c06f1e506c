import { describe, expect, test } from "vitest";
import { RandomStream } from "../../../../src/random/stream";
import { lower } from "../../../../src/training/compiler/lower";
import { blockedLayout } from "../../../../src/training/compiler/lower/blocked/layout";
import { filterTiles } from "../../../../src/training/compiler/lower/blocked/filter-tiles";
import type { SpatialLayout } from "../../../../src/training/compiler/lower/layout";
import { plainLayout } from "../../../../src/training/compiler/lower/plain-layout";
import { rewrite } from "../../../../src/training/compiler/rewrite";
import { traceTrainingStep } from "../../../../src/training/compiler/step";
import { loadRuntime, openSession } from "../../../../src/training/engines/onnx-runtime";
import type { ModelDefinition } from "../../../../src/training/models";
import { testModel } from "../engines/comparison";
import { networks } from "../engines/networks";
import { emulatedOperators } from "./emulated-operators";

/** Outputs of one training step from weights, images and masks drawn from a fixed seed. */
async function stepOutputs(model: ModelDefinition, rows: number, layout: SpatialLayout) {
  const { Tensor } = await loadRuntime();
  const program = traceTrainingStep(model, rows);
  const session = await openSession(lower(rewrite(program), layout), 1);
  const random = new RandomStream("blocks");
  const feeds = program.inputs.map(({ name, value }) => {
    const size = value.shape.reduce((product, length) => product * length, 1);
    const tensor =
      value.dtype === "int32"
        ? new Tensor(
            "int32",
            Int32Array.from({ length: size }, () => random.below(2)),
            value.shape,
          )
        : new Tensor(
            "float32",
            Float32Array.from({ length: size }, () => random.normal() / 3),
            value.shape,
          );
    return [name, tensor] as const;
  });
  const outputs = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.entries(outputs).map(([name, { data }]) => ({
    name,
    values: Array.from(data as Float32Array),
  }));
}

describe.each([8, 16] as const)("the arithmetic of blocks of %i", (size) => {
  test.each(Object.entries(networks))("is right for %s", async (_, model) => {
    const layout = blockedLayout(size, emulatedOperators(size));
    for (const rows of [3, size, size + 5]) {
      const expected = await stepOutputs(model, rows, plainLayout);
      const actual = await stepOutputs(model, rows, layout);
      actual.forEach(({ name, values }, i) => {
        expect(name).toBe(expected[i].name);
        values.forEach((value, j) => {
          const wanted = expected[i].values[j];
          expect(Math.abs(value - wanted)).toBeLessThan(2e-5 * (1 + Math.abs(wanted)));
        });
      });
    }
  });
});

test("gradients of filters too large for the cache are computed in tiles", async () => {
  const model = testModel([30, 31, 5], 2, (net) =>
    net
      .convolution({ filters: 64, kernelSize: 3, strides: 1, padding: "same", activation: "relu" })
      .convolution({ filters: 65, kernelSize: 3, strides: 2, activation: "relu" })
      .flatten()
      .dense(2),
  );
  const shape = [37, 30, 31, 64] as const;
  const tiles = filterTiles(16, shape);
  expect(tiles.length).toBeGreaterThan(3);
  const covered = tiles.reduce((sum, { rows, height }) => sum + rows * height, 0);
  expect(covered).toBe(shape[0] * shape[1]);
  for (const size of [8, 16] as const) {
    const expected = await stepOutputs(model, 37, plainLayout);
    const actual = await stepOutputs(model, 37, blockedLayout(size, emulatedOperators(size)));
    actual.forEach(({ values }, i) => {
      values.forEach((value, j) => {
        const wanted = expected[i].values[j];
        expect(Math.abs(value - wanted)).toBeLessThan(1e-4 * (1 + Math.abs(wanted)));
      });
    });
  }
});
