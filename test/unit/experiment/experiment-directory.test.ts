import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import { thisProcess } from "../../../src/experiment/process-owner";
import { trainingSettings } from "../../../src/experiment/plan";
import { runKey, type RunRecord } from "../../../src/experiment/run-record";

const identity = {
  settings: trainingSettings({ model: "mnist-dense", epochs: 1 }),
  seeds: { initialWeights: 0, order: 0, dropout: 0 },
  dataSha256: "00",
  engine: { name: "onnxruntime", version: "1", lowering: "plain", kernelLevel: "avx2", threads: 1 },
} as const;
const key = runKey(identity);
const record: RunRecord = {
  format: "weight-odometer run 1",
  key,
  ...identity,
  parameters: 3,
  steps: 1,
  fitted: null,
  checkpoints: [],
  epochLosses: [0.5],
  testAccuracy: 0.25,
  trainAccuracy: { images: 4, given: 0.5, true: 0.75 },
  labels: { kinds: ["a", "b"], images: 4, labels: 4, chosen: 2, changed: 1 },
  pathLength: 1,
  sumSquaredSteps: 1,
  tensors: [{ name: "a", shape: [3], pathLength: 1, sumSquaredSteps: 1 }],
};

describe("ExperimentDirectory", () => {
  let root = "";
  let directory: ExperimentDirectory;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "odometer-"));
    directory = new ExperimentDirectory(root);
    await directory.create();
  });
  afterEach(() => rm(root, { recursive: true }));

  it("renames a finished attempt into place and reads it back", async () => {
    const attempt = await directory.beginAttempt(key);
    await writeFile(path.join(attempt, "final.safetensors"), "weights");
    expect(await directory.readRun(key)).toBeNull();
    await directory.finishAttempt(attempt, record);
    expect(await directory.readRun(key)).toEqual(record);
    expect(await directory.finishedKeys()).toEqual([key]);
    expect(await readdir(directory.partialRoot())).toEqual([]);
  });

  it("keeps the first of two attempts that end", async () => {
    const [first, second] = [await directory.beginAttempt(key), await directory.beginAttempt(key)];
    await writeFile(path.join(first, "final.safetensors"), "first");
    await writeFile(path.join(second, "final.safetensors"), "second");
    await directory.finishAttempt(first, record);
    await directory.finishAttempt(second, record);
    expect(await readFile(path.join(directory.runFolder(key), "final.safetensors"), "utf8")).toBe(
      "first",
    );
    expect(await readdir(directory.partialRoot())).toEqual([]);
  });

  it("removes the attempts of dead processes and keeps those of living ones", async () => {
    const { host } = thisProcess();
    const living = { pid: process.ppid, started: "0" };
    const names = [
      `${key}.999999999-${host}-12345-aaaaaaaa`,
      `${key}.${process.pid}-${host}-12345-aaaaaaaa`,
      `${key}.${living.pid}-${host}-${living.started}-aaaaaaaa`,
      `${key}.12-00000000-77-aaaaaaaa`,
      "rubbish",
    ];
    for (const name of names) await mkdir(path.join(directory.partialRoot(), name));
    await directory.removeAbandonedAttempts();
    expect((await readdir(directory.partialRoot())).sort()).toEqual([names[3], names[2]].sort());
  });

  it("tells a record that is none by its file", async () => {
    await mkdir(directory.runFolder(key), { recursive: true });
    await writeFile(path.join(directory.runFolder(key), "run.json"), "{}");
    await expect(directory.readRun(key)).rejects.toThrow(/run\.json is not a run record/);
  });
});

describe("runKey", () => {
  it("depends on every part of the identity", () => {
    const changed = [
      { ...identity, settings: { ...identity.settings, learningRate: 0.02 } },
      { ...identity, seeds: { ...identity.seeds, dropout: 1 } },
      { ...identity, dataSha256: "01" },
      { ...identity, engine: { ...identity.engine, kernelLevel: "avx512" } },
    ];
    expect(new Set([key, ...changed.map(runKey)]).size).toBe(5);
  });
});
