import { paperOf, paperValues } from "../catalogue/paper";
import type {
  ComparedExperiment,
  ExperimentComparison,
  ModelRanking,
  Normalisation,
} from "../protocol/experiment-comparison";
import type { RunResult } from "../protocol/results";
import type { RankCorrelation } from "../protocol/statistics";
import { sampleText } from "../words/sample-words";
import { holm } from "../statistics/holm";
import { spearman } from "../statistics/spearman";
import { sampleStatistics } from "./sample-statistics";
import { settingDifferences, type LoadedExperiment } from "./setting-differences";

const normalisations = [
  "none",
  "initial-norm",
  "parameters",
  "path-length",
  "random-walk",
] as const satisfies readonly Normalisation[];

/**
 * Sets experiments beside one another: their distances under each normalisation, the settings in which they differ, and,
 * of different models, their order against Table 3's.
 * @throws RangeError with fewer than two
 */
export function compareExperiments(loaded: readonly LoadedExperiment[]): ExperimentComparison {
  if (loaded.length < 2) throw new RangeError("A comparison needs two experiments.");
  const experiments = loaded.map(comparedExperiment);
  const differences = settingDifferences(loaded);
  const models = new Set(experiments.map(({ model }) => model));
  const rankings =
    models.size > 1
      ? normalisations.map((normalisation) => ranking(experiments, normalisation))
      : [];
  return {
    format: "weight-odometer experiment comparison 1",
    experiments,
    differences,
    varied: differences.length === 1 ? differences[0].setting : null,
    comparable: differences.length <= 1,
    rankings,
    paperOrder: paperValues
      .toSorted((a, b) => a.rank.expected - b.rank.expected)
      .map(({ model, title, rank }) => ({ model, title, rank })),
    paperRemarks: paperValues.flatMap(({ title, remarks }) =>
      remarks.map((remark) => ({ title, remark })),
    ),
    paperRanking: paperRanking(),
    selection: { tried: rankings.length, adjustedP: adjusted(rankings) },
  };
}

/** Table 3's actual order against its expected one. */
export function paperRanking(): RankCorrelation {
  const ranks = paperValues.map(({ rank }) => rank);
  return spearman(
    ranks.map(({ expected }) => expected),
    ranks.map(({ actual }) => actual),
  )!;
}

function comparedExperiment({ directory, results }: LoadedExperiment): ComparedExperiment {
  const { name, model, dataset, runs, diverged, parameters, runResults, statistics } = results;
  const alike = statistics === null ? [] : runResults;
  return {
    directory,
    name,
    model,
    dataset,
    runs,
    diverged,
    parameters,
    sample: sampleText(results),
    distance: Object.fromEntries(
      normalisations.map((normalisation) => [
        normalisation,
        sampleStatistics(
          alike.map((run) => normalised(run, divisor(run, normalisation, parameters))),
        ),
      ]),
    ) as ComparedExperiment["distance"],
    savedDistance: results.savedStatistics,
    paper: paperOf(model),
  };
}

function normalised({ distance }: RunResult, by: number | null): number | null {
  return distance === null || by === null || by === 0 ? null : distance / by;
}

function divisor(run: RunResult, normalisation: Normalisation, parameters: number): number | null {
  switch (normalisation) {
    case "none":
      return 1;
    case "initial-norm":
      return run.initialNorm;
    case "parameters":
      return Math.sqrt(parameters);
    case "path-length":
      return run.pathLength;
    case "random-walk":
      return run.sumSquaredSteps === null ? null : Math.sqrt(run.sumSquaredSteps);
  }
}

function ranking(
  experiments: readonly ComparedExperiment[],
  normalisation: Normalisation,
): ModelRanking {
  const measured = experiments.flatMap(({ distance, paper }, at) => {
    const mean = distance[normalisation]?.mean;
    return mean === undefined ? [] : [{ at, mean, rank: paper?.rank ?? null }];
  });
  const ranked = measured.flatMap(({ mean, rank }) => (rank ? [{ mean, rank }] : []));
  return {
    normalisation,
    order: measured.toSorted((a, b) => a.mean - b.mean).map(({ at }) => at),
    correlation: spearman(
      ranked.map(({ rank }) => rank.expected),
      ranked.map(({ mean }) => mean),
    ),
  };
}

function adjusted(rankings: readonly ModelRanking[]): readonly (number | null)[] {
  const p = rankings.map(({ correlation }) => correlation?.p ?? null);
  const corrected = holm(p.filter((value) => value !== null));
  let next = 0;
  return p.map((value) => (value === null ? null : corrected[next++]));
}
