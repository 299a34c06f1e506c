import { appendFileSync, truncateSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Checkpoint } from "../../../../src/checkpoint/checkpoint";
import { CheckpointError } from "../../../../src/checkpoint/error";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { writeSafetensors } from "../../../../src/checkpoint/write-safetensors";
import type { LoadedKernel } from "../../../../src/distance/kernels/load-kernel";
import { PIECE } from "../../../../src/distance/kernels/piece";
import { matchTensors } from "../../../../src/distance/match-tensors";
import { sumsOfPairs, type SumOptions } from "../../../../src/distance/sums-of-pairs";
import { temporaryDirectory } from "../../checkpoint/temporary";
import { buildKernel } from "./built-kernel";

const directory = temporaryDirectory();
const files = ["a", "b"].map((name) => path.join(directory, name));
let kernel: LoadedKernel;

async function writePair(): Promise<void> {
  const wave = (length: number, step: number) =>
    Float32Array.from({ length }, (_, i) => Math.sin(i * step));
  for (const [i, file] of files.entries())
    await writeSafetensors(file, [
      { name: "long", shape: [PIECE + 12_345], values: wave(PIECE + 12_345, 0.1 + i / 1e4) },
      { name: "short", shape: [3], values: wave(3, 1 + i) },
      { name: "none", shape: [0, 4], values: new Float32Array(0) },
      { name: "last", shape: [70_001], values: wave(70_001, 0.3 + i / 1e5) },
    ]);
}

beforeAll(async () => {
  kernel = await buildKernel(directory);
  await writePair();
}, 60_000);

async function withPair<T>(use: (a: Checkpoint, b: Checkpoint) => Promise<T>): Promise<T> {
  const [a, b] = await Promise.all(files.map(openCheckpoint));
  try {
    return await use(a, b);
  } finally {
    await Promise.all([a.close(), b.close()]);
  }
}

function sums(options: Partial<SumOptions>) {
  return withPair((a, b) =>
    sumsOfPairs(a, b, matchTensors(a, b).pairs, { onProgress: () => undefined, ...options }),
  );
}

describe("sums in workers", () => {
  it("do not depend on the number of workers, and agree with the reference", async () => {
    const one = await sums({ kernel, threads: 1 });
    expect(await sums({ kernel, threads: 3 })).toEqual(one);
    const reference = await sums({ kernel: null });
    for (const [i, { difference, squareA, squareB, dot, ...counts }] of reference.entries()) {
      expect(one[i]).toMatchObject(counts);
      expect(Math.abs(one[i].difference - difference)).toBeLessThanOrEqual(1e-12 * difference);
      expect(Math.abs(one[i].squareA - squareA)).toBeLessThanOrEqual(1e-12 * squareA);
      expect(Math.abs(one[i].squareB - squareB)).toBeLessThanOrEqual(1e-12 * squareB);
      expect(Math.abs(one[i].dot - dot)).toBeLessThanOrEqual(1e-12 * squareA);
    }
  });

  it("decodes here what does not lie as it is", async () => {
    const mixed = await withPair((a, b) => {
      const raw = a.raw.bind(a);
      a.raw = (tensor) => (tensor.name === "long" ? null : raw(tensor));
      const { pairs } = matchTensors(a, b);
      return sumsOfPairs(a, b, pairs, { kernel, onProgress: () => undefined });
    });
    expect(mixed[0]).toEqual((await sums({ kernel: null }))[0]);
    expect(mixed.slice(1)).toEqual((await sums({ kernel })).slice(1));
  });

  it("tell progress", async () => {
    let done = 0;
    await sums({ kernel, onProgress: (elements) => (done += elements) });
    expect(done).toBe(PIECE + 12_345 + 3 + 70_001);
  });

  it("stop when asked", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(sums({ kernel, signal })).rejects.toThrow("enough");
    const later = new AbortController();
    await expect(
      withPair((a, b) => {
        const running = sumsOfPairs(a, b, matchTensors(a, b).pairs, {
          kernel,
          signal: later.signal,
          onProgress: () => undefined,
        });
        later.abort(new Error("now"));
        return running;
      }),
    ).rejects.toThrow("now");
  });

  it("name a file that ends early", async () => {
    await expect(
      withPair((a, b) => {
        const { pairs } = matchTensors(a, b);
        truncateSync(files[1], 1000);
        return sumsOfPairs(a, b, pairs, { kernel, onProgress: () => undefined });
      }),
    ).rejects.toThrow(CheckpointError);
    await writePair();
  });

  it("name a file that is written to meanwhile", async () => {
    await expect(
      withPair((a, b) => {
        const { pairs } = matchTensors(a, b);
        const running = sumsOfPairs(a, b, pairs, { kernel, onProgress: () => undefined });
        appendFileSync(files[0], "more");
        return running;
      }),
    ).rejects.toThrow("changed while it was being read");
    await writePair();
  });
});
