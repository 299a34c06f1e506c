import { findModel } from "../catalogue/models";
import type { Level, RunPlace, RunSeeds } from "../protocol/results";
import type { RunSettings } from "../protocol/run";
import type { TrainingSettings } from "../protocol/trainer";
import { commandSettings } from "./command/command-settings";
import { isBuiltIn, type BuiltInTraining, type ExperimentFile } from "./experiment";
import { levelsOf, type Levels } from "./levels";

/** One run that an experiment asks for. */
export interface PlannedRun extends RunPlace {
  readonly settings: RunSettings;
  readonly seeds: RunSeeds;
}

/**
 * The settings of an experiment's runs, but for what its levels vary.
 * @throws RangeError on a model that the catalogue does not have.
 */
export function runSettings({ train }: Pick<ExperimentFile, "train">): RunSettings {
  return isBuiltIn(train) ? trainingSettings(train) : commandSettings(train);
}

/**
 * The settings of a built-in model's runs, Table 1's values in place of what the file leaves out.
 * @throws RangeError on a model that the catalogue does not have.
 */
export function trainingSettings(train: BuiltInTraining): TrainingSettings {
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
  { epochs, fitEpochs }: Pick<BuiltInTraining, "epochs" | "fitEpochs">,
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
 * Repeat i's seeds are seed + i at every level, but for those the file holds fixed or varies. With repeatOneSeed, at the
 * end, the first run once more: see repetitionOf.
 */
export function plan(experiment: ExperimentFile): readonly PlannedRun[] {
  const { runs, levels } = experiment;
  const places = waysToStop(experiment).flatMap((way) =>
    (levels ? levelsOf(levels) : [null]).flatMap((level) => {
      // One object for all repeats: 100,000 runs are told apart by it in a moment.
      const settings = atLevel(way, level, levels);
      return Array.from({ length: runs }, (_, repeat) => ({
        repeat,
        level,
        stop: stopOf(way),
        settings,
        seeds: seedsOf(experiment, repeat, level),
      }));
    }),
  );
  const planned = places.map((place, run) => ({ run, ...place }));
  const again = repetitionOf(planned[0], experiment);
  return again ? [...planned, again] : planned;
}

/** The run that repeats the first, to see what differs by chance alone; null where none is asked for. */
function repetitionOf(
  first: PlannedRun,
  experiment: Pick<ExperimentFile, "repeatOneSeed" | "runs" | "levels" | "train">,
): PlannedRun | null {
  const { settings } = first;
  if (experiment.repeatOneSeed !== true || settings.kind !== "command") return null;
  return {
    ...first,
    run: comparedRuns(experiment),
    settings: { ...settings, again: true as const },
  };
}

/** Settings for each way to stop that an experiment asks for. */
function waysToStop({ train }: ExperimentFile): readonly RunSettings[] {
  const settings = runSettings({ train });
  if (!isBuiltIn(train) || settings.kind === "command" || train.stop !== "both") return [settings];
  return (["steps", "fit"] as const).map((stop) => ({
    ...settings,
    stop,
    epochs: epochsOf(train, settings.epochs, stop),
  }));
}

/** A command stops when it does: after its steps, as far as anybody can tell. */
function stopOf(settings: RunSettings): RunPlace["stop"] {
  return settings.kind === "command" ? "steps" : settings.stop;
}

/** A planned run's place, without what it does there. */
export function placeOf({ run, repeat, level, stop }: RunPlace): RunPlace {
  return { run, repeat, level, stop };
}

/** Number of runs that an experiment asks for. */
export function plannedRuns(experiment: ExperimentFile): number {
  const again = experiment.repeatOneSeed === true && !isBuiltIn(experiment.train);
  return comparedRuns(experiment) + (again ? 1 : 0);
}

/** The same without the one that repeats the first. */
export function comparedRuns({
  train,
  runs,
  levels,
}: Pick<ExperimentFile, "train" | "runs" | "levels">): number {
  const both = isBuiltIn(train) && train.stop === "both";
  return runs * (levels ? levelsOf(levels).length : 1) * (both ? 2 : 1);
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
  settings: RunSettings,
  level: Level | null,
  levels: Levels | undefined,
): RunSettings {
  switch (level?.setting) {
    case "labelFraction":
      return withLabels(settings, { fraction: level.value });
    case "labelCorruption": {
      const kind = levels && "kind" in levels ? levels.kind : "shuffle";
      return withLabels(settings, { corruption: { kind, rate: level.value } });
    }
    default:
      return settings;
  }
}

function withLabels(settings: RunSettings, change: Partial<RunSettings["labels"]>): RunSettings {
  return settings.kind === "command"
    ? { ...settings, labels: { ...settings.labels, ...change } }
    : { ...settings, labels: { ...settings.labels, ...change } };
}
