import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Comparison } from "../../../src/protocol/comparison";
import type { Results, WeightMap } from "../../../src/protocol/results";
import { runCli } from "../support/cli";

/** The one JSON object that a command prints. */
async function jsonOf<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await runCli([...args, "--json"]);
  expect(stderr).not.toMatch(/^weight-odometer: /m);
  expect(code).toBe(0);
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  return JSON.parse(stdout) as T;
}

describe("the command line", () => {
  let folder = "";
  let out = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
    out = path.join(folder, "out");
    const file = path.join(folder, "small.odometer.json");
    const train = { model: "mnist-dense", trainingImages: 1000, epochs: 2 };
    await writeFile(file, JSON.stringify({ train, runs: 5, seed: 3 }));
    const { code } = await runCli(["run", file, "--out", out]);
    expect(code).toBe(0);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("reports the statistics that a NumPy script would compute from the files", async () => {
    const results = await jsonOf<Results>("report", out);
    expect(results).toMatchObject({ runs: 5, planned: 5, diverged: 0, parameters: 101_770 });
    const distances = results.runResults.map(({ distance }) => distance ?? NaN);
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / 5;
    const std = Math.sqrt(distances.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / 4);
    expect(results.statistics?.mean).toBeCloseTo(mean, 12);
    expect(results.statistics?.std).toBeCloseTo(std, 12);
    expect(results.statistics?.cvPercent).toBeCloseTo((100 * std) / mean, 10);
    expect(results.nearest).toMatchObject({ applicable: true, pairs: 5, own: 5, allOwn: true });
    expect(results.sphere?.initial?.fullSpace.meanRadius).toBeGreaterThan(10);
    expect(results.sphere?.final.map.meanRadius).toBeGreaterThan(1);
    for (const { pathLength, distance, sumSquaredSteps } of results.runResults) {
      expect(pathLength).toBeGreaterThan(distance ?? 0);
      expect(sumSquaredSteps).toBeGreaterThan(0);
    }
  });

  it("lists the models with Table 1's settings", async () => {
    const { models } = await jsonOf<{ models: Record<string, unknown>[] }>("models");
    expect(models.map(({ id }) => id)).toEqual([
      "mnist-dense",
      "tf-mnist",
      "tf-cnn",
      "googlenet",
      "resnet",
      "vgg",
      "alexnet",
      "yolo-v3",
    ]);
    expect(models.find(({ id }) => id === "resnet")).toMatchObject({
      parameters: 23_518_277,
      inputShape: [224, 224, 3],
      dataset: "tf-flowers",
      epochs: 40,
      batchSize: 32,
      depths: [18, 34, 50, 101],
    });
    const { stdout } = await runCli(["models"]);
    expect(stdout).toMatch(/resnet +23,518,277 +224x224x3 +tf-flowers +40 +32 +0\.01 \(decay\)/);
    expect((await runCli(["models", "resnet"])).code).toBe(2);
  });

  it("maps states jointly and alone, in two and three dimensions, by both methods", async () => {
    for (const dimensions of [2, 3] as const)
      for (const method of ["classical", "metric"])
        for (const [states, points] of [
          ["joint", 10],
          ["initial", 5],
          ["final", 5],
        ] as const) {
          const map = await jsonOf<WeightMap>(
            "map",
            out,
            "--dimensions",
            String(dimensions),
            "--states",
            states,
            "--method",
            method,
          );
          expect(map.points).toHaveLength(points);
          for (const { position } of map.points) expect(position).toHaveLength(dimensions);
          expect(map.eigenvalues.length).toBeGreaterThanOrEqual(3);
          expect([...map.eigenvalues].sort((a, b) => b - a)).toEqual(map.eigenvalues);
          expect(map.explainedNull).toBeCloseTo(dimensions / (points - 1), 12);
        }
  }, 60_000);

  it("compares two checkpoints as the report does", async () => {
    const { runResults } = await jsonOf<Results>("report", out);
    const { key, distance, tensors } = runResults[0];
    const run = path.join(out, "runs", key.slice(0, 2), key);
    const state = (name: string) => path.join(run, `${name}.safetensors`);
    const comparison = await jsonOf<Comparison>("diff", state("initial"), state("final"));
    expect(comparison).toMatchObject({
      distance,
      parameters: 101_770,
      unmatched: { a: [], b: [] },
    });
    expect(comparison.tensors.map(({ name, distance: own }) => [name, own])).toEqual(
      tensors.map(({ name, distance: own }) => [name, own]),
    );
    const same = await jsonOf<Comparison>("diff", state("final"), state("final"));
    expect(same).toMatchObject({ distance: 0, relativeDistance: 0 });
    expect(same.cosine).toBeCloseTo(1, 12);
    expect(await jsonOf("inspect", state("final"))).toMatchObject({
      format: "safetensors",
      parameters: 101_770,
    });
  });

  it("writes a report of one file that needs no other", async () => {
    const file = path.join(folder, "report.html");
    expect((await runCli(["report", out, "--html", file])).code).toBe(0);
    const html = await readFile(file, "utf8");
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/);
  });

  it("tells how far an experiment is", async () => {
    expect(await jsonOf("status", out)).toMatchObject({
      state: "done",
      planned: 5,
      finished: 5,
      running: 0,
      failed: 0,
    });
  });

  it("gives the same bytes for the same seeds, wherever and in whatever experiment", async () => {
    const again = path.join(folder, "again");
    const file = path.join(folder, "again.odometer.json");
    const train = { model: "mnist-dense", trainingImages: 1000, epochs: 2 };
    await writeFile(
      file,
      JSON.stringify({ train, runs: 1, seeds: { initialWeights: 4, order: 4, dropout: 4 } }),
    );
    expect((await runCli(["run", file, "--out", again, "--jobs", "1"])).code).toBe(0);
    const [prefix] = await readdir(path.join(again, "runs"));
    const [key] = await readdir(path.join(again, "runs", prefix));
    for (const name of ["initial.safetensors", "final.safetensors", "run.json"]) {
      const [a, b] = [again, out].map((results) =>
        readFile(path.join(results, "runs", prefix, key, name)),
      );
      expect((await a).equals(await b)).toBe(true);
    }
  });

  it("has no nearest check where runs share their initial weights", async () => {
    const file = path.join(folder, "shared.odometer.json");
    const train = { model: "mnist-dense", trainingImages: 500, epochs: 1 };
    await writeFile(file, JSON.stringify({ train, runs: 4, seeds: { initialWeights: 1 } }));
    const shared = path.join(folder, "shared");
    expect((await runCli(["run", file, "--out", shared])).code).toBe(0);
    const { nearest, sphere } = await jsonOf<Results>("report", shared);
    expect(nearest?.applicable).toBe(false);
    expect(sphere?.initial).toBeNull();
    expect(sphere?.final.fullSpace.meanRadius).toBeGreaterThan(0);
  });

  it.each([
    [["report"], 2, /DIR is missing/],
    [["report", "/nowhere"], 1, /holds no experiment/],
    [["frobnicate"], 2, /no command frobnicate/],
    [[], 2, /command is missing/],
    [["map", "x", "--dimensions", "4"], 2, /--dimensions is one of 2, 3/],
    [["run"], 2, /Name an experiment file or a --preset/],
    [
      ["run", "--preset", "experiment-1", "--model", "nothing", "--out", "x"],
      2,
      /no model nothing; there are mnist-dense/,
    ],
    [
      ["run", "--preset", "experiment-1", "--model", "mnist-dense", "--runs", "1.5", "--out", "x"],
      2,
      /--runs takes a whole number/,
    ],
    [["run", "/nowhere.odometer.json"], 1, /ENOENT/],
    [["inspect", "/nowhere"], 1, /nowhere/],
    [["diff", "/nowhere"], 2, /B is missing/],
  ])("answers %j with exit code %i", async (args, code, message) => {
    const ended = await runCli(args);
    expect(ended.stderr).toMatch(message);
    expect(ended).toMatchObject({ code, stdout: "" });
  });

  it("tells what is wrong in an experiment file at its line", async () => {
    const file = path.join(folder, "bad.odometer.json");
    await writeFile(
      file,
      '{\n  "train": { "model": "mnist-dense", "epochs": -1 },\n  "runs": 2\n}',
    );
    const { code, stderr } = await runCli(["run", file]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${file}:2:48: train.epochs`);
  });

  it("says where a missing dataset belongs", async () => {
    const args = ["run", "--preset", "experiment-1", "--model", "mnist-dense", "--runs", "1"];
    const { code, stderr } = await runCli([
      ...args,
      "--out",
      path.join(folder, "no-data"),
      "--data",
      folder,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `MNIST was not found. Fetch it with: weight-odometer datasets download mnist`,
    );
    expect(stderr).toContain(path.join(folder, "mnist"));
  });

  it.each([["--help"], ["--version"]])("answers %s on standard output", async (option) => {
    const { code, stdout } = await runCli([option]);
    expect(code).toBe(0);
    expect(stdout).toMatch(option === "--help" ? /weight-odometer run FILE/ : /^\d+\.\d+\.\d+\n$/);
  });
});
