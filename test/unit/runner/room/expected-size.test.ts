import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { expectedSize } from "../../../../src/runner/room/expected-size";
import type { BuiltInTraining } from "../../../../src/experiment/experiment";

const dense = 4 * 101_770;
const ofModel = (more: Partial<BuiltInTraining>, bytes: number | null = null) =>
  expectedSize({ train: { model: "mnist-dense", ...more }, runs: 3 }, bytes);

describe("what one run is expected to take", () => {
  it("is a built-in model's weights, first and last, and its checkpoints along the way", async () => {
    expect(await ofModel({})).toEqual({ stays: 2 * dense, along: 0 });
    // 60,000 images, 128 a step: 469 steps an epoch.
    expect(await ofModel({ epochs: 2, checkpointEvery: 100 })).toEqual({
      stays: 2 * dense,
      along: 9 * dense,
    });
    expect((await ofModel({ trainingImages: 128, checkpointEvery: 1 }))?.along).toBe(9 * dense);
    expect((await ofModel({ checkpointEvery: "auto" }))?.along).toBe(20 * dense);
    expect((await ofModel({ checkpointEvery: "auto", stop: "both" }))?.along).toBe(40 * dense);
  });

  it("is what the trainer told where the model is not the catalogue's", async () => {
    expect(await ofModel({ width: 2 })).toBeNull();
    expect(await ofModel({ width: 2 }, 1000)).toEqual({ stays: 2000, along: 0 });
  });

  it("is, of a command, at least twice the checkpoint that it begins with", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(path.join(folder, "pretrained.pt"), Buffer.alloc(5000));
    const of = (...command: string[]) =>
      expectedSize({ train: { command, workingDirectory: folder }, runs: 1 }, null);
    expect(await of("python3", "train.py", "--init=pretrained.pt")).toEqual({
      stays: 10_000,
      along: 0,
    });
    expect(await of("python3", "train.py", "pretrained.pt")).toEqual({ stays: 10_000, along: 0 });
    expect(await of("python3", "train.py", "--init=gone.pt")).toBeNull();
  });
});
