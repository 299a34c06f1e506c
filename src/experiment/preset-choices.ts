import { plannedRuns } from "./plan";
import { presetExperiment, presetNames, presetTitle, type PresetExperiment } from "./presets";

/** A preset to choose from a list. */
export interface PresetChoice {
  readonly title: string;
  /** How many networks it trains, and whether that is as many as the paper's. */
  readonly size: string;
  /** The beginning of its file's name. */
  readonly file: string;
  readonly experiment: PresetExperiment;
}

/** Networks of the first experiment that somebody tries. */
const few = 20;

/**
 * What can be asked of a model: a few networks to begin with, then each of the paper's experiments in the usual size, and as
 * large as in the paper where that is another.
 * @throws RangeError on an unknown model
 */
export function presetChoices(model: string): readonly PresetChoice[] {
  const choice = (title: string, file: string, experiment: PresetExperiment, as = "") => {
    const runs = plannedRuns(experiment);
    return { title, size: `${runs.toLocaleString("en-US")} networks${as}`, file, experiment };
  };
  const sizes = presetNames.flatMap((name) => {
    const title = presetTitle(name);
    const paper = presetExperiment(name, { model, scale: "paper" });
    const usual = presetExperiment(name, { model });
    const asThePaper = choice(title, `${model}-${name}-paper`, paper, ", as the paper");
    return usual.runs === paper.runs
      ? [{ ...asThePaper, file: `${model}-${name}` }]
      : [choice(title, `${model}-${name}`, usual), asThePaper];
  });
  const first = presetExperiment("experiment-1", { model, runs: few });
  return [choice("A few networks from random scratches, to begin with", model, first), ...sizes];
}
