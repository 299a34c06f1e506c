import type { FigureWarning, PaperFigure, WarningCode } from "../protocol/findings";
import type { Results, RunResult } from "../protocol/results";

/** Results but for their warnings. */
export type Unwarned = Omit<Results, "warnings">;

/** Fewer repeats than the paper's figures need to be told from chance. */
const fewRepeats = 5;
/** Corruption is said to have changed fewer labels than chosen from this share on. */
const nearlyAll = 0.98;
/** How much further all that is saved must have moved for its moving averages to be what moved. */
const muchFurther = 2;

/** The paper's figures and tables that an experiment's results are drawn as. */
export function figuresOf({ varied }: Pick<Results, "varied">): readonly PaperFigure[] {
  switch (varied) {
    case "labelFraction":
      return ["fig-6", "table-1"];
    case "labelCorruption":
      return ["fig-7", "table-1"];
    case "initialWeights":
      return ["fig-2", "fig-3", "table-1", "table-2"];
    case null:
      return ["fig-1", "fig-3", "table-1", "table-2", "table-3"];
  }
}

/** Warnings that must stand beside an experiment's figures. */
export function figureWarnings(results: Unwarned): readonly FigureWarning[] {
  const has = figuresOf(results);
  return [...always, ...ofRuns(results), ...ofLevels(results), ...ofStates(results)]
    .map((warning) => ({
      ...warning,
      figures: warning.figures.filter((figure) => has.includes(figure)),
    }))
    .filter(({ figures }) => figures.length > 0);
}

const maps: readonly PaperFigure[] = ["fig-1", "fig-2", "fig-3"];
const curves: readonly PaperFigure[] = ["fig-6", "fig-7"];
const distances: readonly PaperFigure[] = ["table-2", "table-3", ...curves];
const measured: readonly PaperFigure[] = [...maps, ...distances];

const always: readonly FigureWarning[] = [
  { code: "ordinal", figures: distances },
  { code: "configuration", figures: distances },
  { code: "permutable-units", figures: maps },
  { code: "small-cv", figures: ["table-2"] },
];

function ofRuns(results: Unwarned): FigureWarning[] {
  const { convergence, runResults, statistics, savedStatistics } = results;
  const why = (code: string) => convergence.unconverged.filter((run) => run.why === code).length;
  const unfit = why("not-fitted");
  return [
    ...warning("incomplete", measured, results.planned - results.runs),
    ...warning("diverged", measured, results.diverged),
    ...warning("not-fitted", curves, unfit),
    ...warning("unconverged", distances, convergence.unconverged.length - why("diverged") - unfit),
    ...present("mixed-engines", measured, results.engines.length > 1),
    ...present(
      "check-failed",
      measured,
      results.checks.some(({ holds }) => !holds),
    ),
    ...skipped(runResults),
    ...repeats(results),
    ...present(
      "moving-averages",
      ["table-2", "table-3"],
      (savedStatistics?.mean ?? 0) > muchFurther * (statistics?.mean ?? Infinity),
    ),
    ...present("two-class", ["fig-6"], mostKinds(runResults) === 2),
  ];
}

function skipped(runs: readonly RunResult[]): FigureWarning[] {
  const found = runs.flatMap((run) => run.skipped ?? []);
  if (found.length === 0) return [];
  const [{ first }] = found;
  const example = `${first.file}: ${first.reason}`;
  return [{ code: "skipped", figures: ["table-2", ...curves], runs: found.length, example }];
}

function repeats({ varied, runResults }: Unwarned): FigureWarning[] {
  const count = new Set(runResults.map(({ repeat }) => repeat)).size;
  if (count === 0 || count >= fewRepeats) return [];
  const figures = varied === null ? (["table-2"] as const) : [...curves, "table-2" as const];
  return [{ code: count === 1 ? "one-repeat" : "few-repeats", figures, runs: count }];
}

function ofLevels({ levels, varied }: Unwarned): FigureWarning[] {
  const which = (code: WarningCode, figures: readonly PaperFigure[], found: typeof levels) =>
    found.length === 0
      ? []
      : [{ code, figures, levels: [...new Set(found.map(({ level }) => level.value))] }];
  const bySteps = levels.filter(({ stop }) => stop === "steps");
  return [
    ...present("steps-not-fit", curves, bySteps.length > 0),
    ...which(
      "one-class",
      ["fig-6"],
      levels.filter(({ labelKinds }) => labelKinds === 1),
    ),
    ...present(
      "interpolated",
      curves,
      levels.some(({ curve }) => curve?.interpolated === true),
    ),
    ...which(
      "realised-rate",
      ["fig-7"],
      levels.filter(
        ({ level, realisedRate }) =>
          varied === "labelCorruption" &&
          realisedRate !== null &&
          realisedRate.mean < nearlyAll * level.value,
      ),
    ),
  ];
}

function ofStates({ mapped, pruned, unlike, runs, diverged }: Unwarned): FigureWarning[] {
  if (unlike) return [{ code: "unlike-states", figures: measured }];
  if (pruned > 0) return [{ code: "pruned", figures: maps, runs: mapped }];
  return mapped > 0 && mapped < runs - diverged
    ? [{ code: "part-mapped", figures: maps, runs: mapped }]
    : [];
}

function mostKinds(runs: readonly RunResult[]): number {
  return runs.reduce((most, { labelKinds }) => Math.max(most, labelKinds ?? 0), 0);
}

function warning(
  code: WarningCode,
  figures: readonly PaperFigure[],
  runs: number,
): FigureWarning[] {
  return runs > 0 ? [{ code, figures, runs }] : [];
}

function present(
  code: WarningCode,
  figures: readonly PaperFigure[],
  holds: boolean,
): FigureWarning[] {
  return holds ? [{ code, figures }] : [];
}
