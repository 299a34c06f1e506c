import type { Results } from "../protocol/results";
import type { ExperimentFile } from "./experiment";
import { parseJson, readTextOrNull, type ExperimentDirectory } from "./experiment-directory";
import { finishedRuns } from "./finished-runs";
import { ResultsBuilder } from "./results-builder";
import { measureRun } from "./run-result";

/** What results.json holds; null where there is none of this version. */
export async function currentlyOnDisk(directory: ExperimentDirectory): Promise<Results | null> {
  const value = parseJson((await readTextOrNull(directory.resultsFile())) ?? "") as
    Partial<Results> | null | undefined;
  return value?.format === "weight-odometer results 1" && Array.isArray(value.runResults)
    ? (value as Results)
    : null;
}

/** Results of all finished runs: those of results.json where they are of the same runs, or computed anew. */
export async function currentResults(
  directory: ExperimentDirectory,
  experiment: ExperimentFile,
  name: string,
): Promise<Results> {
  const finished = await finishedRuns(directory, experiment);
  const stored = await currentlyOnDisk(directory);
  if (
    stored &&
    isOf(
      stored,
      finished.map(({ record }) => record.key),
      experiment,
    )
  )
    return stored;
  const builder = new ResultsBuilder(directory, experiment, name, (run) =>
    measureRun(directory, run),
  );
  for (const run of finished) await builder.add(run);
  return builder.writeWithMaps();
}

function isOf(
  { runResults, nearest, planned }: Results,
  keys: readonly string[],
  experiment: ExperimentFile,
): boolean {
  return (
    nearest !== null &&
    planned === experiment.runs &&
    runResults.map(({ key }) => key).join() === keys.join()
  );
}
