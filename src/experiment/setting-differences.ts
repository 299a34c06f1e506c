import type { SettingDifference } from "../protocol/experiment-comparison";
import type { Results } from "../protocol/results";
import { canonicalJson } from "./canonical";
import { isBuiltIn, type ExperimentFile } from "./experiment";

/** An experiment with its results. */
export interface LoadedExperiment {
  readonly directory: string;
  readonly experiment: ExperimentFile;
  readonly results: Results;
}

/**
 * The settings in which experiments differ: what is trained and how, what is varied, which seeds are held fixed, and what
 * trained the runs. How many runs there are, their seeds and checkpoints along the way make no difference to a distance.
 */
export function settingDifferences(
  experiments: readonly LoadedExperiment[],
): readonly SettingDifference[] {
  const flat = experiments.map((one) => flattened(configurationOf(one)));
  const names = new Set(flat.flatMap((settings) => [...settings.keys()]));
  return [...names].flatMap((setting) => {
    const values = flat.map((settings) => settings.get(setting) ?? null);
    const different = new Set(values.map(canonicalJson)).size > 1;
    return different ? [{ setting, values }] : [];
  });
}

function configurationOf({ experiment, results }: LoadedExperiment): object {
  const { settings } = results;
  const { train, levels, seeds } = experiment;
  return {
    train:
      isBuiltIn(train) && settings.kind !== "command"
        ? {
            ...settings,
            checkpointEvery: null,
            stop: train.stop ?? settings.stop,
            fitEpochs: train.stop === "both" ? (train.fitEpochs ?? settings.epochs) : null,
            folder: train.folder ?? null,
          }
        : settings,
    levels: levels ?? null,
    seeds: seeds ?? null,
    engine: results.engines[0]?.engine ?? null,
  };
}

/** Values by dotted paths; lists are values. */
function flattened(value: object, prefix = ""): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [name, entry] of Object.entries(value) as [string, unknown][]) {
    const path = prefix + name;
    if (typeof entry === "object" && entry !== null && !Array.isArray(entry))
      for (const [inner, found] of flattened(entry, `${path}.`)) flat.set(inner, found);
    else flat.set(path, entry);
  }
  return flat;
}
