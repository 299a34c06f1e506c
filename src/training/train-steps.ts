import type { TrainingOutcome } from "../protocol/trainer";
import { BatchStream } from "./batch-stream";
import { CheckpointKeeper } from "./checkpoint-keeper";
import type { LabelledImages } from "./datasets/dataset";
import type { EngineJudge } from "./engine-judge";
import type { TrainingEngine } from "./engines/engine";
import { learningRateAt } from "./learning-rate";
import type { RunTask } from "./run-task";

/** Test images that the accuracy is told of while a run trains. */
const judgedMeanwhile = 500;

/**
 * Every step of a run, to its last epoch or until it fits. The next batch is read while a step runs.
 * @param images the run's training images
 * @param stepsPerEpoch what the epochs of the settings are counted in; a pass over the images may take fewer
 */
export async function trainSteps(
  engine: TrainingEngine,
  { settings, seeds, dataset, directory, afterStep }: RunTask,
  images: LabelledImages,
  stepsPerEpoch: number,
  judge: EngineJudge,
): Promise<Pick<TrainingOutcome, "steps" | "fitted" | "checkpoints" | "epochLosses">> {
  const { epochs, learningRate, schedule, stop } = settings;
  const stream = new BatchStream(judge.reader(images), {
    ...settings,
    count: images.images.count,
    seed: seeds.order,
  });
  const steps = stepsPerEpoch * epochs;
  const epochLosses: (number | null)[] = [];
  const checkpoints = new CheckpointKeeper(directory, settings, {
    steps,
    perPass: stream.perPass,
    bytes: engine.weights().reduce((sum, { values }) => sum + values.byteLength, 0),
  });
  let accuracy: number | null = null;
  let fitted = false;
  let sum = 0;
  let done = 0;
  let next = stream.gather(0);
  while (done < steps && !fitted) {
    const batch = await next;
    if (done + 1 < steps) next = stream.gather(done + 1);
    const rate = learningRateAt(done, learningRate, schedule, stepsPerEpoch);
    const loss = await engine.step(batch, rate);
    done++;
    sum += loss;
    const epoch = Math.ceil(done / stepsPerEpoch);
    await afterStep({ epoch, step: done, steps, loss, images: batch.rows, accuracy });
    fitted = stop === "fit" && done % stream.perPass === 0 && (await fits(judge, images));
    const last = done === steps || fitted;
    if (!last) await checkpoints.after(done, () => engine.weights());
    const inEpoch = ((done - 1) % stepsPerEpoch) + 1;
    if (inEpoch < stepsPerEpoch && !last) continue;
    epochLosses.push(Number.isFinite(sum) ? sum / inEpoch : null);
    sum = 0;
    if (!last)
      [accuracy] = await judge.scores(dataset.test, [dataset.test.labels], judgedMeanwhile);
  }
  return {
    steps: done,
    fitted: stop === "fit" ? fitted : null,
    checkpoints: checkpoints.kept,
    epochLosses,
  };
}

/** Whether all training images are told right, by the labels given. */
async function fits(judge: EngineJudge, images: LabelledImages): Promise<boolean> {
  const [share] = await judge.scores(images, [images.labels]);
  return share === 1;
}
