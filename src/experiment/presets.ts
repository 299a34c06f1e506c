import { findModel, models } from "../catalogue/models";
import type { ExperimentFile } from "./experiment";

export const presetNames = ["experiment-1"] as const;
export type PresetName = (typeof presetNames)[number];

const presetTitles: Readonly<Record<PresetName, string>> = { "experiment-1": "Experiment 1" };

export interface PresetOptions {
  readonly model: string;
  readonly runs?: number | undefined;
  readonly epochs?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * The experiment file of a preset. Experiment 1 (of the paper): the same training from that many random
 * initial weights; the paper has 1000.
 * @throws RangeError on an unknown model
 */
export function presetExperiment(
  preset: PresetName,
  { model, runs = 1000, epochs, seed }: PresetOptions,
): ExperimentFile {
  if (!findModel(model))
    throw new RangeError(
      `There is no model ${model}; there are ${models.map(({ id }) => id).join(", ")}.`,
    );
  return {
    name: `${model}, ${presetTitles[preset]}, ${runs} runs`,
    train: { model, ...(epochs === undefined ? {} : { epochs }) },
    runs,
    ...(seed === undefined ? {} : { seed }),
  };
}
