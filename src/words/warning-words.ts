import type { FigureWarning, PaperFigure, WarningCode } from "../protocol/findings";
import type { Results } from "../protocol/results";
import { percent, plural } from "./number";

/** What warnings are told of beside themselves. */
type Context = Pick<Results, "engines" | "checks">;

type Words = (warning: FigureWarning, results: Context) => string;

const runs = ({ runs: of }: FigureWarning): string => plural(of ?? 0, "run");
const levels = ({ levels: of }: FigureWarning): string => (of ?? []).map(percent).join(", ");
const one = ({ runs: of }: FigureWarning): boolean => of === 1;

const WORDS: Readonly<Record<WarningCode, Words>> = {
  ordinal: () =>
    "Distance is ordinal: more or less of it means something within one model and one configuration, not between them. It is not bits.",
  configuration: () => "It depends on learning rate, number of steps and input scaling.",
  "permutable-units": () =>
    "Hidden units can be permuted without changing the function: weights that are far apart may compute the same.",
  "small-cv": () =>
    "A small c_v is no evidence of information: over many parameters nearly any sum varies little.",
  "steps-not-fit": () =>
    "A lower distance at a fixed number of steps may only mean slower fitting: what is harder to learn is less far along when the steps are used up.",
  "one-class": (warning) =>
    `At ${levels(warning)} a single label kind was trained on, which any constant answers.`,
  "two-class": () =>
    "The task has two label kinds, so that most shares of them mean the same; the paper does not say what it did here.",
  "one-repeat": () =>
    "Each level was trained once, as in the paper: there is no deviation, and the test is weak.",
  "few-repeats": (warning) =>
    `Only ${plural(warning.runs ?? 0, "repeat")}: intervals are wide and tests weak. Five or more tell more.`,
  incomplete: (warning) =>
    `${runs(warning)} ${one(warning) ? "is" : "are"} still missing from these figures.`,
  diverged: (warning) =>
    `${runs(warning)} diverged (${one(warning) ? "its" : "their"} weights are no longer finite) and ${one(warning) ? "is" : "are"} left out.`,
  unconverged: (warning) =>
    `${runs(warning)} had not converged: ${one(warning) ? "its" : "their"} loss was still falling, or rising, at the end, or the weights had exploded.`,
  "not-fitted": (warning) =>
    `${runs(warning)} that ${one(warning) ? "was" : "were"} to train until all training images are told right came to the last epoch before: a larger “fitEpochs” in the experiment file gives ${one(warning) ? "it" : "them"} longer.`,
  "mixed-engines": (_, { engines }) =>
    `Trained on mixed kinds of CPU or engine, which round differently: ${engines
      .map(
        ({ engine, runs: of }) =>
          `${of.toLocaleString("en-US")} by ${
            engine.name === "command"
              ? "the command"
              : `${engine.name} ${engine.version} (${engine.kernelLevel})`
          }`,
      )
      .join(", ")}.`,
  "check-failed": (_, { checks }) => {
    const failed = checks.filter(({ holds }) => !holds).length;
    return `${plural(failed, "check")} of the runs ${failed === 1 ? "does" : "do"} not hold: these figures may not mean what they say.`;
  },
  pruned: (warning) =>
    `Weights were removed once their distances were computed ("keep"): nearest check, radii and maps stay as they were made of ${runs(warning)}.`,
  "part-mapped": (warning) =>
    `Nearest check, radii and maps are of the first ${runs(warning)} only.`,
  "unlike-states": () =>
    "Not all first and last weights have the same tensors: each run's distance is over those that its own two have in common, and there are no nearest check, radii and maps.",
  interpolated: () =>
    "Runs of different length: each is read at equal shares of its own length, linearly between its checkpoints.",
  skipped: (warning) =>
    `Checkpoints along the way of ${runs(warning)} were passed over, such as ${warning.example ?? ""}. Each run's run.json lists its own under “skipped”.`,
  "realised-rate": (warning) =>
    `At ${levels(warning)} corruption changed clearly fewer labels than were chosen, as some were given their own again; the table has the share really changed.`,
  "moving-averages": () =>
    "All that is saved moved much farther than the trainable weights: batch normalisation's moving averages, which are no weights, make the difference.",
};

/** Warnings that hold of every experiment: told as notes, not as alarms. */
const ALWAYS: readonly WarningCode[] = [
  "ordinal",
  "configuration",
  "permutable-units",
  "small-cv",
  "interpolated",
];

/** What must be said beside some figures: of these runs in particular, and of all such figures. */
export interface SaidWarnings {
  readonly cautions: readonly string[];
  readonly notes: readonly string[];
}

/** The warnings that belong to any of these figures, in words. */
export function warningsOf(
  results: Pick<Results, "warnings" | "engines" | "checks">,
  figures: readonly PaperFigure[],
): SaidWarnings {
  const here = results.warnings.filter((warning) =>
    warning.figures.some((figure) => figures.includes(figure)),
  );
  const say = (always: boolean) =>
    here
      .filter(({ code }) => ALWAYS.includes(code) === always)
      .map((warning) => WORDS[warning.code](warning, results));
  return { cautions: say(false), notes: say(true) };
}
