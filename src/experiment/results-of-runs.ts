import { paperOf } from "../catalogue/paper";
import { presentStatistics } from "../distance/statistics";
import type { RunSettings } from "../protocol/run";
import type { Results, RunResult, TensorDistance, TensorStatistics } from "../protocol/results";
import { convergenceOf } from "./convergence";
import { isBuiltIn, type ExperimentFile } from "./experiment";
import { experimentChecks } from "./experiment-checks";
import { figureWarnings } from "./figure-warnings";
import type { MeasuredRun } from "./ledger";
import { levelResults } from "./level-results";
import { levelTrends } from "./level-trends";
import { levelsOf } from "./levels";
import { meanCurve } from "./mean-curve";
import { metricResults } from "./metric-results";
import { comparedRuns, runSettings } from "./plan";
import { metricSourcesOf, sourcesMark, type RunMetrics } from "./run-metrics";
import { noAnalysis, type RunsAnalysis } from "./runs-analysis";
import { sampleStatistics } from "./sample-statistics";

/** In larger experiments results.json leaves the tensors of single runs to `diff`, so that it can be read at a glance. */
const mostRunsWithTensors = 2000;

/**
 * The results of an experiment's measured runs.
 * @param runs in the experiment's order; one that repeats the first is not among them
 * @param analysis null where it was not made
 * @param metrics what was read of the user's metrics of runs, by key
 */
export function resultsOfRuns(
  experiment: ExperimentFile,
  name: string,
  runs: readonly MeasuredRun[],
  analysis: RunsAnalysis | null,
  metrics: ReadonlyMap<string, RunMetrics> = new Map(),
): Results {
  const settings = runSettings(experiment);
  const all = runs.map(({ result }) => result);
  const alive = all.filter(({ distance }) => distance !== null);
  const varied = experiment.levels ? levelsOf(experiment.levels)[0].setting : null;
  const summed = (varied === null || varied === "initialWeights") && !stopsInTwoWays(experiment);
  const alike = summed ? alive : [];
  const levels = levelResults(experiment.levels, all);
  const results = {
    format: "weight-odometer results 7",
    name,
    ...namesOf(settings),
    settings,
    varied,
    corruptionKind: corruptionKindOf(experiment),
    fitEpochs: fitEpochsOf(experiment, settings),
    paper: settings.kind === "command" ? null : paperOf(settings.model),
    runs: all.length,
    diverged: all.length - alive.length,
    planned: comparedRuns(experiment),
    parameters: runs.at(-1)?.parameters ?? 0,
    engines: enginesOf(runs),
    statistics: sampleStatistics(alike.map(({ distance }) => distance)),
    savedStatistics: sampleStatistics(alike.map(({ savedDistance }) => savedDistance)),
    accuracy: presentStatistics(alike.map(({ testAccuracy }) => testAccuracy)),
    curve: meanCurve(alike),
    metrics: metricResults(all, levels, summed, metrics),
    metricSources: sourcesMark(metricSourcesOf(experiment)),
    tensorStatistics: tensorStatistics(alike),
    convergence: convergenceOf(all, summed),
    levels,
    trends: levelTrends(experiment.levels, all),
    checks: experimentChecks(all, varied),
    ...findingsOf(analysis ?? noAnalysis),
    runResults:
      all.length <= mostRunsWithTensors ? all : all.map((run) => ({ ...run, tensors: [] })),
  } as const;
  return { ...results, warnings: figureWarnings(results) };
}

function stopsInTwoWays({ train }: ExperimentFile): boolean {
  return isBuiltIn(train) && train.stop === "both";
}

function corruptionKindOf({ levels }: ExperimentFile): Results["corruptionKind"] {
  return levels && "kind" in levels ? levels.kind : null;
}

function fitEpochsOf({ train }: ExperimentFile, settings: RunSettings): number | null {
  if (!isBuiltIn(train) || train.stop !== "both" || settings.kind === "command") return null;
  return train.fitEpochs ?? settings.epochs;
}

/** What is trained and on what; of a command its script, or the program, for nobody knows more. */
function namesOf(settings: RunSettings): Pick<Results, "model" | "dataset"> {
  if (settings.kind !== "command") return { model: settings.model, dataset: settings.dataset };
  const { script, line } = settings;
  const program = line.form === "arguments" ? line.words[0] : line.line;
  return { model: script?.name ?? program, dataset: "its own data" };
}

/** The parts of an analysis that are results, and no more of it. */
function findingsOf(analysis: RunsAnalysis): RunsAnalysis {
  const { nearest, nearestStates, sphere, evenness, clusters, displacements, maps } = analysis;
  const { mapped, pruned, unlike, floor } = analysis;
  const states = { nearest, nearestStates, sphere, evenness, clusters, displacements, maps };
  return { ...states, mapped, pruned, unlike, floor };
}

/** What the runs were trained by, the most frequent first. */
function enginesOf(runs: readonly MeasuredRun[]): Results["engines"] {
  const engines = new Map<string, Results["engines"][number]>();
  for (const { origin, engine } of runs)
    engines.set(origin, { engine, runs: (engines.get(origin)?.runs ?? 0) + 1 });
  return [...engines.values()].sort((a, b) => b.runs - a.runs);
}

function tensorStatistics(runs: readonly RunResult[]): readonly TensorStatistics[] {
  const byName = new Map<string, TensorDistance[]>();
  for (const { tensors } of runs)
    for (const tensor of tensors) {
      const same = byName.get(tensor.name);
      if (same) same.push(tensor);
      else byName.set(tensor.name, [tensor]);
    }
  return (runs[0]?.tensors ?? []).flatMap(({ name, shape }) => {
    const same = byName.get(name) ?? [];
    const distance = presentStatistics(same.map((tensor) => tensor.distance));
    if (!distance) return [];
    return [
      {
        name,
        shape,
        distance,
        relativeDistance: presentStatistics(same.map((tensor) => tensor.relativeDistance)),
      },
    ];
  });
}
