import { findModel } from "../catalogue/models";
import type { RunSeeds } from "../protocol/results";
import type { TrainingSettings } from "../protocol/trainer";
import type { ExperimentFile } from "./experiment";

/** One run that an experiment asks for. */
export interface PlannedRun {
  /** Index in the experiment, from 0. */
  readonly run: number;
  readonly settings: TrainingSettings;
  readonly seeds: RunSeeds;
}

/**
 * The settings of an experiment's runs, its model's Table 1 values in place of what the file leaves out.
 * @throws RangeError on a model that the catalogue does not have.
 */
export function trainingSettings({ train }: ExperimentFile): TrainingSettings {
  const model = findModel(train.model);
  if (!model) throw new RangeError(`There is no model ${train.model}.`);
  return {
    model: model.id,
    dataset: train.dataset ?? model.dataset,
    trainingImages: train.trainingImages ?? null,
    labels: {
      fraction: train.labelFraction ?? 1,
      equalImages: train.equalImages ?? false,
      corruption: train.labelCorruption ?? null,
      seed: train.labelSeed ?? 0,
    },
    augmentation: train.augmentation ?? null,
    epochs: train.epochs ?? model.epochs,
    batchSize: train.batchSize ?? model.batchSize,
    learningRate: train.learningRate ?? model.learningRate,
    schedule: train.schedule ?? model.schedule,
    optimizer: train.optimizer ?? model.optimizer,
    weightDecay: train.weightDecay ?? model.weightDecay,
    preprocessing: train.preprocessing ?? model.preprocessing,
    // What a model has anyway may be named or left out: the run is the same.
    depth: other(train.depth, model.depth),
    width: train.width ?? 1,
    inputSize: other(train.inputSize, model.inputShape[0]),
  };
}

function other(asked: number | undefined, own: number | null): number | null {
  return asked === undefined || asked === own ? null : asked;
}

/** Every run of an experiment, in order. Run i's seeds are seed + i, but for those the file holds fixed. */
export function plan(experiment: ExperimentFile): readonly PlannedRun[] {
  const settings = trainingSettings(experiment);
  return Array.from({ length: experiment.runs }, (_, run) => {
    const own = (experiment.seed ?? 0) + run;
    const seeds = {
      initialWeights: experiment.seeds?.initialWeights ?? own,
      order: experiment.seeds?.order ?? own,
      dropout: experiment.seeds?.dropout ?? own,
    };
    return { run, settings, seeds };
  });
}
