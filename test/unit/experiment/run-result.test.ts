import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";
import type { ExperimentFile } from "../../../src/experiment/experiment";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import { placeOf, plan } from "../../../src/experiment/plan";
import type { RunRecord } from "../../../src/experiment/run-record";
import { measureRun } from "../../../src/experiment/run-result";
import { runResultSchema } from "../../../src/experiment/run-result-schema";
import { WeightVectors } from "../../../src/map/weight-vectors";
import { builtIn } from "../../support/built-in";
import { temporaryDirectory } from "../checkpoint/temporary";

const directory = new ExperimentDirectory(temporaryDirectory());
const experiment: ExperimentFile = { train: { model: "resnet", epochs: 4 }, runs: 1 };

async function writeState(state: string, kernel: number[], variance: number): Promise<string> {
  const folder = directory.runFolder("0".repeat(32));
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${state}.safetensors`);
  await writeSafetensors(file, [
    { name: "conv/kernel", shape: [2], values: Float32Array.from(kernel) },
    { name: "bn/moving_variance", shape: [1], values: Float32Array.of(variance) },
  ]);
  return file;
}

it("measures trainable weights, and beside them all that is saved", async () => {
  const initial = await writeState("initial", [3, 4], 1);
  await writeState("final", [3, 7], 5);
  const [run] = plan(experiment);
  const record: RunRecord = {
    format: "weight-odometer run 1",
    key: "0".repeat(32),
    settings: builtIn(run.settings),
    seeds: run.seeds,
    dataSha256: "00",
    engine: {
      name: "onnxruntime",
      version: "1",
      lowering: "plain",
      kernelLevel: "avx2",
      threads: 1,
    },
    parameters: 2,
    steps: 8,
    fitted: null,
    checkpoints: [],
    epochLosses: [2, 1.5, null, 1.25],
    testAccuracy: null,
    trainAccuracy: null,
    labels: { kinds: ["rose"], images: 8, labels: 8, chosen: 4, changed: 3 },
    pathLength: 4,
    sumSquaredSteps: 10,
    tensors: [{ name: "conv/kernel", shape: [2], pathLength: 4, sumSquaredSteps: 10 }],
  };
  const result = await measureRun(directory, { place: placeOf(run), record });
  expect(result).toMatchObject({
    distance: 3,
    savedDistance: 5,
    initialNorm: 5,
    relativeDistance: 0.6,
    realisedRate: 3 / 8,
    labelKinds: 1,
    trainingLoss: 1.25,
    losses: { first: 2, last: [1.5, null, 1.25] },
    initialSha256: createHash("sha256")
      .update(await readFile(initial))
      .digest("hex"),
  });
  expect(result.tensors.map(({ name }) => name)).toEqual(["conv/kernel"]);
  expect(runResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  // A result that went through a file is the same text: experiments of two runners are compared byte for byte.
  expect(JSON.stringify(runResultSchema.parse(result))).toBe(JSON.stringify(result));
});

it("maps trainable weights alone", async () => {
  const state = await openCheckpoint(await writeState("initial", [3, 4], 1));
  expect(new WeightVectors([state]).parameters).toBe(2);
  await state.close();
});
