import { findModel } from "../catalogue/models";
import type { Level, RunPlace, RunSeeds } from "../protocol/results";
import type { TrainingSettings } from "../protocol/trainer";
import type { ExperimentFile } from "./experiment";
import { levelsOf, type Levels } from "./levels";

/** One run that an experiment asks for. */
export interface PlannedRun extends RunPlace {
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
    epochs: epochsOf(train, model.epochs, train.stop === "fit" ? "fit" : "steps"),
    equalSteps: train.equalSteps ?? false,
    stop: train.stop === "fit" ? "fit" : "steps",
    checkpointEvery: train.checkpointEvery ?? null,
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

function epochsOf(
  { epochs, fitEpochs }: ExperimentFile["train"],
  own: number,
  stop: TrainingSettings["stop"],
): number {
  return (stop === "fit" ? fitEpochs : undefined) ?? epochs ?? own;
}

function other(asked: number | undefined, own: number | null): number | null {
  return asked === undefined || asked === own ? null : asked;
}

/**
 * Every run of an experiment, in order: all repeats of a level, level by level, and all of that for each way to stop.
 * Repeat i's seeds are seed + i at every level, but for those the file holds fixed or varies.
 */
export function plan(experiment: ExperimentFile): readonly PlannedRun[] {
  const { train, runs, levels } = experiment;
  const settings = trainingSettings(experiment);
  const stops = train.stop === "both" ? (["steps", "fit"] as const) : [settings.stop];
  const places = stops.flatMap((stop) =>
    (levels ? levelsOf(levels) : [null]).flatMap((level) => {
      // One object for all repeats: 100,000 runs are told apart by it in a moment.
      const epochs = epochsOf(train, settings.epochs, stop);
      const shared = { ...atLevel(settings, level, levels), stop, epochs };
      return Array.from({ length: runs }, (_, repeat) => ({
        repeat,
        level,
        stop,
        settings: shared,
        seeds: seedsOf(experiment, repeat, level),
      }));
    }),
  );
  return places.map((place, run) => ({ run, ...place }));
}

/** A planned run's place, without what it does there. */
export function placeOf({ run, repeat, level, stop }: RunPlace): RunPlace {
  return { run, repeat, level, stop };
}

/** Number of runs that an experiment asks for. */
export function plannedRuns({ train, runs, levels }: ExperimentFile): number {
  return runs * (levels ? levelsOf(levels).length : 1) * (train.stop === "both" ? 2 : 1);
}

function seedsOf(experiment: ExperimentFile, repeat: number, level: Level | null): RunSeeds {
  const own = (experiment.seed ?? 0) + repeat;
  const scratch = level?.setting === "initialWeights" ? level.value : undefined;
  return {
    initialWeights: scratch ?? experiment.seeds?.initialWeights ?? own,
    order: experiment.seeds?.order ?? own,
    dropout: experiment.seeds?.dropout ?? own,
  };
}

function atLevel(
  settings: TrainingSettings,
  level: Level | null,
  levels: Levels | undefined,
): TrainingSettings {
  const { labels } = settings;
  switch (level?.setting) {
    case "labelFraction":
      return { ...settings, labels: { ...labels, fraction: level.value } };
    case "labelCorruption": {
      const kind = levels && "kind" in levels ? levels.kind : "shuffle";
      return { ...settings, labels: { ...labels, corruption: { kind, rate: level.value } } };
    }
    default:
      return settings;
  }
}
