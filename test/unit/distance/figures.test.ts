import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { figuresOf } from "../../../src/distance/figures";
import type { LoadedKernel } from "../../../src/distance/kernels/load-kernel";
import type { Movement } from "../../../src/protocol/comparison";
import { matchTensors } from "../../../src/distance/match-tensors";
import { sumsOfPairs } from "../../../src/distance/sums-of-pairs";
import { temporaryDirectory } from "../checkpoint/temporary";
import { buildKernel } from "./kernels/built-kernel";

const fixtures = path.join(__dirname, "../../fixtures/distance");
type Expected = Omit<Movement, "maxChangeAt"> & { readonly maxIndex?: number | null };
const expected = JSON.parse(readFileSync(path.join(fixtures, "expected.json"), "utf8")) as Record<
  string,
  Expected
>;

const directory = temporaryDirectory();
let kernel: LoadedKernel;
beforeAll(async () => {
  kernel = await buildKernel(directory);
}, 60_000);

async function compare(using: LoadedKernel | null) {
  const [a, b] = await Promise.all(
    ["a", "b"].map((name) => openCheckpoint(path.join(fixtures, `${name}.safetensors`))),
  );
  try {
    const { pairs, ...matching } = matchTensors(a, b);
    const sums = await sumsOfPairs(a, b, pairs, { kernel: using, onProgress: () => undefined });
    return { ...matching, ...figuresOf(pairs, sums) };
  } finally {
    await Promise.all([a.close(), b.close()]);
  }
}

/** Equal, but for numbers that are not whole: those to 1e-12, relative to `size` or to themselves. */
function expectFigure(name: string, found: unknown, wanted: unknown): void {
  if (typeof wanted !== "number" || Number.isInteger(wanted)) expect(found, name).toEqual(wanted);
  else {
    // A rotation of hardly anything is known to the cosine's digits alone.
    const size = name === "rotation" ? Math.max(wanted, 1e-3) : Math.abs(wanted);
    expect(Math.abs((found as number) - wanted), name).toBeLessThanOrEqual(1e-12 * size);
  }
}

describe.each(["the kernel", "the reference"])("every figure by %s against NumPy", (which) => {
  it("agrees for each tensor and in total to 1e-12, counts exactly", async () => {
    const comparison = await compare(which === "the kernel" ? kernel : null);
    const found = [...comparison.tensors, { ...comparison, name: "total" }];
    expect(found.map(({ name }) => name)).toEqual(Object.keys(expected));
    for (const movement of found) {
      const { maxIndex, ...figures } = expected[movement.name];
      for (const [name, figure] of Object.entries(figures))
        expectFigure(name, movement[name as keyof Movement], figure);
      if (maxIndex !== undefined)
        expect(movement.maxChangeAt).toEqual(
          maxIndex === null ? null : { tensor: movement.name, index: maxIndex },
        );
    }
    expect(comparison.strippedPrefixes).toEqual({ a: ["module._orig_mod."], b: ["_orig_mod."] });
    expect(comparison.unmatched).toEqual({ a: [], b: [] });
  });
});
