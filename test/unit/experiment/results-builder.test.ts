import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import { ResultsBuilder } from "../../../src/experiment/results-builder";

it("writes results once there is room, after a write that failed", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "weight-odometer-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const directory = new ExperimentDirectory(path.join(root, "experiment"));
  const experiment = { train: { model: "mnist-dense" as const }, runs: 1 };
  const builder = new ResultsBuilder(directory, experiment, "small");
  await expect(builder.writeWithoutMaps()).rejects.toThrow("ENOENT");
  await mkdir(directory.root);
  await builder.writeWithoutMaps();
  const written = JSON.parse(await readFile(directory.resultsFile(), "utf8")) as { name: string };
  expect(written.name).toBe("small");
});
