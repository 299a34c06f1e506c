import { findModel, models, type ModelEntry } from "../catalogue/models";
import type { BuiltInTraining, ExperimentFile } from "./experiment";

export const presetNames = [
  "experiment-1",
  "experiment-2",
  "experiment-3",
  "experiment-4",
  "qmcm",
] as const;
export type PresetName = (typeof presetNames)[number];

export interface PresetOptions {
  readonly model: string;
  /** "paper": as many networks as the paper trained, whatever `runs` says. */
  readonly scale?: "paper" | undefined;
  /** Networks at each level. */
  readonly runs?: number | undefined;
  readonly dataset?: string | undefined;
  readonly epochs?: number | undefined;
  readonly trainingImages?: number | undefined;
  readonly checkpointEvery?: number | "auto" | undefined;
  readonly seed?: number | undefined;
}

/** Presets train built-in models. */
export type PresetExperiment = ExperimentFile & { readonly train: BuiltInTraining };

/** What a preset asks for beside the model: the levels, how often each is trained, and how a run goes. */
interface Preset {
  readonly title: string;
  /** Networks at each level in the paper, and by default here. */
  readonly paperRuns: number;
  readonly defaultRuns: number;
  readonly levels?: ExperimentFile["levels"];
  readonly train?: Partial<BuiltInTraining>;
  /** How much longer than with fixed steps a run may take to fit: wholly random labels take long. */
  readonly fitEpochsPerEpoch?: number;
}

const tenths = Array.from({ length: 11 }, (_, i) => i / 10);
const fifths = [0.2, 0.4, 0.6, 0.8, 1];

const presets: Readonly<Record<PresetName, Preset>> = {
  "experiment-1": {
    title: "Experiment 1: weights before and after training from random scratches",
    paperRuns: 1000,
    defaultRuns: 1000,
  },
  "experiment-2": {
    title: "Experiment 2: training from two scratches",
    paperRuns: 100,
    defaultRuns: 100,
    levels: { initialWeights: [0, 1] },
  },
  "experiment-3": {
    title: "Experiment 3: distance over label fractions",
    paperRuns: 1,
    defaultRuns: 5,
    levels: { labelFraction: fifths },
    train: { equalSteps: true, checkpointEvery: "auto" },
  },
  "experiment-4": {
    title: "Experiment 4: distance over label corruption",
    paperRuns: 1,
    defaultRuns: 5,
    levels: { labelCorruption: tenths, kind: "shuffle" },
    train: { stop: "both", checkpointEvery: "auto" },
    fitEpochsPerEpoch: 100,
  },
  qmcm: {
    title: "Algorithm 2: runs for qmcm estimate, of which it takes 200",
    paperRuns: 1000,
    defaultRuns: 200,
  },
};

/**
 * Where an experiment is made small, epochs are short, and wholly random labels take as many steps as they take: 25 for each
 * of 1,000 images of MNIST, measured with mnist-dense at Table 1's rate, 17 for each of 300.
 */
const fitStepsPerImage = 50;

/** What a preset's experiment is called, without the model. */
export function presetTitle(name: PresetName): string {
  return presets[name].title;
}

/** The most epochs that an experiment file may name. */
const mostEpochs = 100_000;

/**
 * The experiment file of a preset: the paper's Experiments 1 to 4, and runs to try Algorithm 2 on. Initial weights, order
 * and dropout are paired within a repeat, which differs from others in all of them.
 * @throws RangeError on an unknown model
 */
export function presetExperiment(
  name: PresetName,
  { model, scale, runs, seed, ...train }: PresetOptions,
): PresetExperiment {
  const entry = findModel(model);
  if (!entry)
    throw new RangeError(
      `There is no model ${model}; there are ${models.map(({ id }) => id).join(", ")}.`,
    );
  const preset = presets[name];
  const { fitEpochsPerEpoch } = preset;
  const tenClasses = needsMoreKinds(name, entry) && train.dataset === undefined;
  return {
    name: `${model}${tenClasses ? " with ten classes" : ""}, ${preset.title}`,
    train: {
      model,
      ...(tenClasses && { dataset: "mnist" as const }),
      ...preset.train,
      ...given(train),
      ...(fitEpochsPerEpoch !== undefined && {
        fitEpochs: Math.min(
          mostEpochs,
          Math.max(
            fitEpochsPerEpoch * (train.epochs ?? entry.epochs),
            train.trainingImages === undefined ? 0 : fitStepsPerImage * entry.batchSize,
          ),
        ),
      }),
    },
    runs: scale === "paper" ? preset.paperRuns : (runs ?? preset.defaultRuns),
    ...(preset.levels && { levels: preset.levels }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** Fractions of two label kinds are one or both: Fig. 6 takes the same network for all ten digits. */
function needsMoreKinds(name: PresetName, { labelKinds }: ModelEntry): boolean {
  return name === "experiment-3" && labelKinds === 2;
}

/** Without what is undefined. */
function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as never;
}
