import { mkdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { writeSafetensors, type TensorToWrite } from "../../../src/checkpoint/write-safetensors";
import { measureTrajectory } from "../../../src/trajectory/measure-trajectory";
import { temporaryDirectory } from "../checkpoint/temporary";

const root = temporaryDirectory();
let made = 0;

/** A folder with a file for each entry. */
async function folderOf(files: Record<string, TensorToWrite[]>): Promise<string> {
  const folder = path.join(root, String(made++));
  for (const [name, tensors] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeSafetensors(path.join(folder, name), tensors);
  }
  return folder;
}

const tensor = (name: string, ...values: number[]): TensorToWrite => ({
  name,
  shape: [values.length],
  values: Float32Array.from(values),
});

describe("a series of checkpoints", () => {
  it("has the distances of its definition, by tensor and in total, and the length of its path", async () => {
    const folder = await folderOf({
      "step-10.safetensors": [tensor("a", 3, 4), tensor("b", 0)],
      "step-9.safetensors": [tensor("a", 0, 0), tensor("b", 0)],
      "step-100.safetensors": [tensor("a", 3, 0), tensor("b", 1)],
    });
    const found = await measureTrajectory([folder]);
    expect(found.steps.map(({ step }) => step)).toEqual([9, 10, 100]);
    expect(found).toMatchObject({ order: "step", parameters: 3, unmatched: [], skipped: [] });
    expect(found.tensors).toEqual([
      {
        name: "a",
        shape: [2],
        parameters: 2,
        fromFirst: [0, 5, 3],
        toLast: [3, 4, 0],
        fromPrevious: [null, 5, 4],
        pathLength: 9,
        netDistance: 3,
        pathRatio: 3,
      },
      expect.objectContaining({ fromFirst: [0, 0, 1], fromPrevious: [null, 0, 1], pathRatio: 1 }),
    ]);
    expect(found.steps.map(({ fromPrevious }) => fromPrevious)).toEqual([null, 5, Math.sqrt(17)]);
    expect(found.steps.map(({ norm }) => norm)).toEqual([0, 5, Math.sqrt(10)]);
    expect(found.pathLength).toBeCloseTo(5 + Math.sqrt(17), 14);
  });

  it.each([1, 2, 3, 4, 5, 6, 9])(
    "of %i checkpoints of several blocks agrees with sums",
    async (n) => {
      const length = (1 << 20) + 5;
      const value = (t: number, i: number) => ((i * 7 + t * t * 13) % 32) / 8;
      const files = Object.fromEntries(
        Array.from({ length: n }, (_, t) => [
          `w${t}.safetensors`,
          [
            {
              name: "w",
              shape: [length],
              values: Float32Array.from({ length }, (__, i) => value(t, i)),
            },
          ],
        ]),
      );
      const found = await measureTrajectory([await folderOf(files)]);
      const distance = (s: number, t: number) => {
        let square = 0;
        for (let i = 0; i < length; i++) square += (value(s, i) - value(t, i)) ** 2;
        return Math.sqrt(square);
      };
      found.steps.forEach(({ fromFirst, toLast, fromPrevious }, t) => {
        expect(fromFirst).toBe(distance(0, t));
        expect(toLast).toBe(distance(t, n - 1));
        expect(fromPrevious).toBe(t === 0 ? null : distance(t - 1, t));
      });
    },
  );

  it("counts what all have in common, and names the rest", async () => {
    const folder = await folderOf({
      "1.safetensors": [tensor("module.a", 0, 0), tensor("b", 1), tensor("c", 1)],
      "2.safetensors": [tensor("a", 1, 0), tensor("b", 1, 2)],
      "3.safetensors": [tensor("a", 1, 1), tensor("b", 1), tensor("d", 1)],
    });
    const found = await measureTrajectory([folder]);
    expect(found.tensors.map(({ name }) => name)).toEqual(["module.a"]);
    expect(found.strippedPrefixes).toEqual(["module."]);
    expect(found.unmatched.map(({ name }) => name).sort()).toEqual(["b", "c", "d"]);
    expect(found.unmatched.find(({ name }) => name === "d")?.files).toEqual([
      path.join(folder, "3.safetensors"),
    ]);
    const reasons = Object.fromEntries(found.unmatched.map(({ name, reason }) => [name, reason]));
    expect(reasons).toEqual({ b: "has another shape in 2.safetensors", c: null, d: null });
  });

  it("passes over other files and names broken ones and strangers", async () => {
    const folder = await folderOf({
      "m-1.safetensors": [tensor("a", 0)],
      "m-2.safetensors": [tensor("a", 1)],
      "optimizer-2.safetensors": [tensor("state", 1)],
    });
    await writeFile(path.join(folder, "README.md"), "notes");
    await writeFile(path.join(folder, "m-3.safetensors"), "half");
    const found = await measureTrajectory([folder]);
    expect(found.steps).toHaveLength(2);
    expect(found.skipped.map(({ file }) => path.basename(file)).sort()).toEqual([
      "m-3.safetensors",
      "optimizer-2.safetensors",
    ]);
  });

  it("takes a folder for each checkpoint, and time where numbers do not tell", async () => {
    const folder = await folderOf({
      "checkpoint-20/model.safetensors": [tensor("a", 2)],
      "checkpoint-3/model.safetensors": [tensor("a", 1)],
    });
    const steps = (await measureTrajectory([folder])).steps.map(({ step }) => step);
    expect(steps).toEqual([3, 20]);
    const byTime = await folderOf({
      "b.safetensors": [tensor("a", 0)],
      "a.safetensors": [tensor("a", 1)],
    });
    await utimes(path.join(byTime, "b.safetensors"), 1, 1);
    const found = await measureTrajectory([byTime]);
    expect([found.order, path.basename(found.steps[0].file)]).toEqual(["time", "b.safetensors"]);
  });

  it("has no distance where a value is not finite, but in the tensors that are", async () => {
    const folder = await folderOf({
      "1.safetensors": [tensor("a", 0), tensor("b", 0)],
      "2.safetensors": [tensor("a", NaN), tensor("b", 1)],
      "3.safetensors": [tensor("a", 1), tensor("b", 2)],
    });
    const { steps, tensors, pathLength } = await measureTrajectory([folder]);
    expect(steps[1]).toMatchObject({ fromFirst: null, toLast: null, fromPrevious: null });
    expect(steps[2]).toMatchObject({ fromFirst: Math.sqrt(5), fromPrevious: null });
    expect(tensors[1]).toMatchObject({ fromPrevious: [null, 1, 1], pathRatio: 1 });
    expect(pathLength).toBeNull();
  });

  it("says what is wrong with a list or an empty folder", async () => {
    const folder = await folderOf({
      "1.safetensors": [tensor("a", 0)],
      "2.safetensors": [tensor("b", 0)],
    });
    const [one, two] = ["1", "2"].map((name) => path.join(folder, `${name}.safetensors`));
    await expect(measureTrajectory([one, two])).rejects.toThrow("no tensor in common");
    await expect(measureTrajectory([one, `${two}x`])).rejects.toThrow("no such file");
    const empty = path.join(root, "empty");
    await mkdir(empty);
    await expect(measureTrajectory([empty])).rejects.toThrow("no checkpoint");
  });
});
