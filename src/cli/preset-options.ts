import type { ExperimentFile } from "../experiment/experiment";
import { presetExperiment, type PresetName } from "../experiment/presets";
import { oneOf, wholeNumber } from "./arguments";
import { UsageError } from "./usage-error";

/** Options that say what a preset's experiment file holds. */
export const presetOptions = {
  model: { type: "string" },
  runs: { type: "string" },
  repeats: { type: "string" },
  scale: { type: "string" },
  dataset: { type: "string" },
  images: { type: "string" },
  "checkpoint-every": { type: "string" },
  epochs: { type: "string" },
  seed: { type: "string" },
} as const;

export const presetOptionNames = Object.keys(presetOptions) as (keyof typeof presetOptions)[];

type PresetValues = { readonly [Name in keyof typeof presetOptions]?: string | undefined };

/** The experiment file that a preset's options ask for. @throws UsageError */
export function presetFrom(preset: PresetName, values: PresetValues): ExperimentFile {
  if (values.model === undefined) throw new UsageError("A preset needs --model.");
  const every = values["checkpoint-every"];
  const scale = oneOf("scale", values.scale, ["paper"] as const);
  const runs = wholeNumber("repeats", values.repeats, 1) ?? wholeNumber("runs", values.runs, 1);
  if (scale !== undefined && runs !== undefined)
    throw new UsageError("--scale paper says how many networks there are: leave --repeats out.");
  try {
    return presetExperiment(preset, {
      model: values.model,
      scale,
      runs,
      dataset: values.dataset,
      checkpointEvery: every === "auto" ? "auto" : wholeNumber("checkpoint-every", every, 1),
      trainingImages: wholeNumber("images", values.images, 1),
      epochs: wholeNumber("epochs", values.epochs, 1),
      seed: wholeNumber("seed", values.seed, 0),
    });
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}
