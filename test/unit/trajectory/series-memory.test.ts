import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { writeSafetensors, type TensorToWrite } from "../../../src/checkpoint/write-safetensors";
import { RandomStream } from "../../../src/random/stream";
import {
  measureTrajectory,
  trajectoryOf,
  type MeasuredTrajectory,
} from "../../../src/trajectory/measure-trajectory";
import { closeSeries, openSeries } from "../../../src/trajectory/open-series";
import { SeriesMemory } from "../../../src/trajectory/series-memory";
import { temporaryDirectory } from "../checkpoint/temporary";

const root = temporaryDirectory();
let made = 0;
const random = new RandomStream("test", "series-memory");

async function newFolder(): Promise<string> {
  const folder = path.join(root, String(made++));
  await mkdir(folder);
  return folder;
}

/** A checkpoint of random values; of several blocks where it is long, and without "b" where it is told so. */
async function write(folder: string, step: number, length = 50, without = false): Promise<void> {
  const tensor = (name: string, count: number): TensorToWrite => ({
    name,
    shape: [count],
    values: Float32Array.from({ length: count }, () => random.uniform() - 0.5),
  });
  const tensors = [tensor("a", length), ...(without ? [] : [tensor("b", 7)])];
  await writeSafetensors(path.join(folder, `step-${step}.safetensors`), tensors);
}

/** A measurement, and the checkpoints that it read. */
async function measured(
  folder: string,
  memory: SeriesMemory,
  toLast: boolean,
): Promise<MeasuredTrajectory & { readonly read: readonly string[] }> {
  const { files, skipped } = await openSeries([folder]);
  const read = new Set<string>();
  for (const { file, checkpoint } of files) {
    const readFloats = checkpoint.readFloats.bind(checkpoint);
    checkpoint.readFloats = (...range) => {
      read.add(path.basename(file, ".safetensors"));
      return readFloats(...range);
    };
  }
  try {
    const found = await trajectoryOf(files, skipped, { memory, toLast });
    return { ...found, read: [...read].sort() };
  } finally {
    await closeSeries(files);
  }
}

describe("what is known of a series", () => {
  it("leaves of a new checkpoint itself, the first and the one before to be read", async () => {
    const folder = await newFolder();
    const memory = new SeriesMemory();
    for (let step = 0; step < 5; step++) await write(folder, step, (1 << 20) + 3);
    const all = await measured(folder, memory, false);
    expect(all).toMatchObject({ pending: false, read: [0, 1, 2, 3, 4].map((t) => `step-${t}`) });
    expect(await measured(folder, memory, true)).toEqual({ ...all, read: [] });

    await write(folder, 5, (1 << 20) + 3);
    const point = await measured(folder, memory, false);
    expect(point).toMatchObject({ pending: true, read: ["step-0", "step-4", "step-5"] });
    const whole = await measureTrajectory([folder]);
    const { steps } = point.trajectory;
    expect(steps.map(({ toLast }) => toLast)).toEqual([
      whole.steps[0].toLast,
      ...[null, null, null],
      ...[whole.steps[4].toLast, null],
    ]);
    expect(steps.map(({ fromFirst }) => fromFirst)).toEqual(
      whole.steps.map(({ fromFirst }) => fromFirst),
    );
    const rest = await measured(folder, memory, true);
    expect(rest.read).toEqual(["step-1", "step-2", "step-3", "step-5"]);
    expect(rest).toMatchObject({ pending: false, trajectory: whole });
  });

  it("never makes a difference, whatever is written, overwritten or deleted", async () => {
    const folder = await newFolder();
    const memory = new SeriesMemory();
    const there = new Set<number>();
    for (let round = 0; round < 60; round++) {
      const step = random.below(10);
      if (there.size > 3 && random.uniform() < 0.4) {
        const [gone] = [...there].toSorted(() => random.uniform() - 0.5);
        there.delete(gone);
        await rm(path.join(folder, `step-${gone}.safetensors`));
      } else {
        there.add(step);
        await write(folder, step, 50, random.uniform() < 0.1);
      }
      const whole = await measureTrajectory([folder]);
      const soon = await measured(folder, memory, false);
      expect(soon.trajectory.pathLength).toBe(whole.pathLength);
      if (!soon.pending) expect(soon.trajectory).toEqual(whole);
      if (random.uniform() < 0.7)
        expect((await measured(folder, memory, true)).trajectory).toEqual(whole);
    }
  });
});
