import type { Results } from "../protocol/results";
import type { ExperimentFile } from "./experiment";
import { parseJson, readTextOrNull, type ExperimentDirectory } from "./experiment-directory";
import { finishedRuns, type FinishedKey } from "./finished-runs";
import { Ledger } from "./ledger";
import { comparedRuns } from "./plan";
import { ResultsBuilder } from "./results-builder";
import { metricSourcesOf, sourcesMark } from "./run-metrics";

/** What results.json holds; null where there is none of this version. */
export async function currentlyOnDisk(directory: ExperimentDirectory): Promise<Results | null> {
  const value = parseJson((await readTextOrNull(directory.resultsFile())) ?? "") as
    Partial<Results> | null | undefined;
  return value?.format === "weight-odometer results 7" &&
    Array.isArray(value.runResults) &&
    Array.isArray(value.levels) &&
    Array.isArray(value.metrics)
    ? (value as Results)
    : null;
}

/** Results of all finished runs: those of results.json where they are of the same runs, or computed anew. */
export async function currentResults(
  directory: ExperimentDirectory,
  experiment: ExperimentFile,
  name: string,
): Promise<Results> {
  const ledger = await Ledger.open(directory, metricSourcesOf(experiment));
  const finished = finishedRuns(ledger, experiment);
  const stored = await currentlyOnDisk(directory);
  const compared = finished.filter(({ place }) => place.run < comparedRuns(experiment));
  if (stored && isOf(stored, compared, experiment)) return stored;
  const builder = new ResultsBuilder(directory, experiment, name);
  for (const { place, key } of finished) builder.add(await ledger.measured(place, key));
  const results = await builder.withMaps();
  await builder.write(results);
  return results;
}

function isOf(
  { runResults, nearest, unlike, planned, metricSources }: Results,
  finished: readonly FinishedKey[],
  experiment: ExperimentFile,
): boolean {
  return (
    (nearest !== null || unlike) &&
    planned === comparedRuns(experiment) &&
    metricSources === sourcesMark(metricSourcesOf(experiment)) &&
    runResults.length === finished.length &&
    runResults.every(({ key }, i) => key === finished[i]?.key)
  );
}
