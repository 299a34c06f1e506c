import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { openCheckpoint } from "../../../src/checkpoint/open";
import type { ExperimentFile } from "../../../src/experiment/experiment";
import { plan, type PlannedRun } from "../../../src/experiment/plan";
import { runCurve } from "../../../src/experiment/run-curve";
import { checkpointName } from "../../../src/protocol/checkpoint-name";
import type { TrainingOutcome } from "../../../src/protocol/trainer";
import { RandomStream } from "../../../src/random/stream";
import { createOnnxEngine } from "../../../src/training/engines/onnx-engine";
import { imagesInMemory, type Dataset } from "../../../src/training/datasets/dataset";
import { modelDefinition } from "../../../src/training/models";
import { trainRun } from "../../../src/training/train-run";
import { builtIn } from "../../support/built-in";
import { temporaryDirectory } from "../../unit/checkpoint/temporary";

const root = temporaryDirectory();
const kinds = ["a", "b", "c", "d", "e"];

/** Noise about a bright stripe, another one for each kind: learnt within a few passes. */
function striped(count: number, part: string): Dataset["train"] {
  const random = new RandomStream("striped", part);
  const classes = Uint16Array.from({ length: count }, (_, i) => i % kinds.length);
  const values = new Uint8Array(count * 784);
  classes.forEach((kind, n) => {
    for (let i = 0; i < 784; i++) {
      const bright = Math.floor(i / 28) % kinds.length === kind;
      values[784 * n + i] = (bright ? 200 : 0) + random.below(50);
    }
  });
  return { images: imagesInMemory(values, [28, 28, 1]), labels: { type: "classes", classes } };
}

const dataset: Dataset = { kinds, train: striped(100, "train"), test: striped(20, "test") };

/** Trains a planned run into runs/<key>, as a trainer process does. */
async function train(
  { run, settings: planned, seeds }: PlannedRun,
  folder: string,
): Promise<{ outcome: TrainingOutcome; folder: string; losses: number[] }> {
  const directory = path.join(root, folder, "runs", "00", `00${String(run).padStart(30, "0")}`);
  await mkdir(directory, { recursive: true });
  const settings = builtIn(planned);
  const model = modelDefinition(settings.model, { labelKinds: kinds.length });
  const engine = await createOnnxEngine({ ...settings, ...seeds, model });
  const losses: number[] = [];
  try {
    const afterStep = ({ loss }: { loss: number }) => void losses.push(loss);
    const task = { model, settings, seeds, dataset, directory, afterStep };
    return { outcome: await trainRun(engine, task), folder: directory, losses };
  } finally {
    await engine.dispose();
  }
}

function experiment(
  train: Partial<ExperimentFile["train"]>,
  levels?: ExperimentFile["levels"],
): ExperimentFile {
  return {
    train: { model: "mnist-dense", batchSize: 16, epochs: 3, ...train },
    runs: 1,
    ...(levels && { levels }),
  };
}

async function weightsOf(folder: string, name: string): Promise<Float64Array[]> {
  const checkpoint = await openCheckpoint(path.join(folder, name));
  try {
    const read = checkpoint.tensors.map(async (tensor) => {
      const values = new Float64Array(tensor.parameters);
      await checkpoint.readFloats(tensor, 0, values);
      return values;
    });
    return await Promise.all(read);
  } finally {
    await checkpoint.close();
  }
}

/** Straight from the definition. */
function distance(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let sum = 0;
  a.forEach((values, t) => {
    values.forEach((value, i) => (sum += (value - b[t][i]) ** 2));
  });
  return Math.sqrt(sum);
}

it("takes as many steps at every label fraction, from the same weights", async () => {
  const runs = plan(
    experiment(
      {
        equalSteps: true,
        schedule: { name: "step", at: [1], factor: 1e-30, unit: "epochs" },
      },
      { labelFraction: [0.2, 0.6, 1] },
    ),
  );
  const trained = [];
  for (const run of runs) trained.push(await train(run, "fractions"));
  // 100 images in batches of 16: 7 steps an epoch, whatever part of them is trained on.
  expect(trained.map(({ outcome }) => outcome.steps)).toEqual([21, 21, 21]);
  expect(trained.map(({ outcome }) => outcome.labels?.images)).toEqual([20, 60, 100]);
  const initial = await Promise.all(
    trained.map(({ folder }) => readFile(path.join(folder, "initial.safetensors"))),
  );
  expect(initial[1].equals(initial[0]) && initial[2].equals(initial[0])).toBe(true);
  // From step 7 on the rate is nothing: an epoch of the schedule is as long at every fraction.
  for (const run of plan(
    experiment({ equalSteps: true, epochs: 1 }, { labelFraction: [0.2, 0.6, 1] }),
  )) {
    const short = await train(run, "one-epoch");
    const [long, ended] = await Promise.all(
      [trained[run.run], short].map(({ folder }) => weightsOf(folder, "final.safetensors")),
    );
    expect(short.outcome.steps).toBe(7);
    // What is 0 may have moved by 1e-32.
    expect(distance(long, ended)).toBeLessThan(1e-25);
  }
});

it("counts each fraction's own epochs where equal steps are not asked for", async () => {
  const [run] = plan(experiment({ epochs: 2 }, { labelFraction: [0.4, 1] }));
  expect((await train(run, "own")).outcome.steps).toBe(6);
});

it("stops as soon as all training images are told right, and not before", async () => {
  // Random labels of noisy images take a while.
  const labelCorruption = { kind: "shuffle", rate: 1 } as const;
  const hard = { learningRate: 0.05, labelCorruption, trainingImages: 30 } as const;
  const fit = experiment({ ...hard, stop: "fit", epochs: 1, fitEpochs: 400 });
  const { outcome } = await train(plan(fit)[0], "fit");
  expect(outcome).toMatchObject({ fitted: true, trainAccuracy: { given: 1, images: 30 } });
  expect(outcome.steps % 2).toBe(0);
  expect(outcome.steps).toBeGreaterThan(2);
  expect(outcome.steps).toBeLessThan(800);
  // An epoch less does not fit.
  const shorter = experiment({ ...hard, epochs: outcome.steps / 2 - 1 });
  const before = await train(plan(shorter)[0], "unfit");
  expect(before.outcome.trainAccuracy?.given).toBeLessThan(1);
  expect(before.outcome.fitted).toBeNull();
  const never = experiment({ stop: "fit", epochs: 1, learningRate: 1e-6 });
  expect((await train(plan(never)[0], "never")).outcome).toMatchObject({
    fitted: false,
    steps: 7,
  });
});

it("keeps checkpoints whose curve is what sums over their weights give", async () => {
  const { outcome, folder } = await train(plan(experiment({ checkpointEvery: 4 }))[0], "curve");
  expect(outcome.steps).toBe(21);
  expect(outcome.checkpoints).toEqual([4, 8, 12, 16, 20]);
  const names = (await readdir(folder)).sort();
  expect(names).toEqual([
    "final.safetensors",
    "initial.safetensors",
    ...outcome.checkpoints.map(checkpointName),
  ]);
  const curve = await runCurve({
    initial: path.join(folder, "initial.safetensors"),
    steps: outcome.checkpoints.map((step) => ({
      step,
      file: path.join(folder, checkpointName(step)),
    })),
    final: { step: outcome.steps, file: path.join(folder, "final.safetensors") },
  });
  expect(curve.steps).toEqual([0, 4, 8, 12, 16, 20, 21]);
  const files = [names[1], ...names.slice(2), names[0]];
  const states = await Promise.all(files.map((name) => weightsOf(folder, name)));
  const last = states[states.length - 1];
  states.forEach((state, t) => {
    expect(curve.toFinal[t]).toBeCloseTo(distance(state, last), 11);
    expect(curve.fromInitial[t]).toBeCloseTo(distance(states[0], state), 11);
  });
  expect(curve.toFinal.at(-1)).toBe(0);
  expect(curve.fromInitial[0]).toBe(0);
  // The checkpoint of a step is what a run of so many steps ends with: none is from another step.
  const short = await train(plan(experiment({ epochs: 2, checkpointEvery: 7 }))[0], "short");
  const again = await train(plan(experiment({ epochs: 1 }))[0], "shorter");
  const [kept, ended] = await Promise.all([
    readFile(path.join(short.folder, checkpointName(7))),
    readFile(path.join(again.folder, "final.safetensors")),
  ]);
  expect(kept.equals(ended)).toBe(true);
});

it("pairs order and initial weights over levels and ways to stop", async () => {
  const runs = plan(
    experiment({ stop: "both", epochs: 1 }, { labelCorruption: [0, 1], kind: "shuffle" }),
  );
  const trained = [];
  for (const run of runs) trained.push(await train(run, "paired"));
  const initial = await Promise.all(
    trained.map(({ folder }) => readFile(path.join(folder, "initial.safetensors"))),
  );
  for (const bytes of initial) expect(bytes.equals(initial[0])).toBe(true);
  // Of one level the two ways to stop see the same batches; of the other level these have other labels.
  const [clean, corrupted, cleanToFit] = trained.map(({ losses }) => losses);
  expect(cleanToFit.slice(0, 7)).toEqual(clean);
  expect(corrupted[0]).not.toBe(clean[0]);
  const finals = await Promise.all(
    trained.map(({ folder }) => weightsOf(folder, "final.safetensors")),
  );
  expect(distance(finals[0], finals[2])).toBe(0);
  expect(distance(finals[0], finals[1])).toBeGreaterThan(0.001);
});
