import { distancesOfFiles, type AnalysisOptions } from "../map/analyse-states";
import type { QmcmEstimate } from "../protocol/qmcm";
import { estimate, type EstimateChoice, type NearestDistance } from "../qmcm/estimate";
import { currentResults } from "./current-results";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import { readStates } from "./run-states";

/**
 * Algorithm 2 over an experiment's finished runs that did not diverge: X' are their final states, and d(y) is the
 * distance of an initial state to the nearest of these.
 * @throws Error where fewer than two runs are finished; the signal's reason where it is aborted
 */
export async function estimateOfRuns(
  directory: ExperimentDirectory,
  experiment: ExperimentFile,
  name: string,
  choice: EstimateChoice,
  options: AnalysisOptions = {},
): Promise<QmcmEstimate> {
  const { runResults } = await currentResults(directory, experiment, name);
  const runs = runResults.filter(({ distance }) => distance !== null);
  if (runs.length < 2)
    throw new Error(`${directory.root}: ${runs.length} finished runs are too few for an estimate.`);
  const states = [];
  for (const { key } of runs) states.push(await readStates(directory, key));
  const files = [
    ...states.map(({ initial }) => initial),
    ...states.map(({ final }) => final.file),
  ].map((path) => ({ path }));
  const nearest = nearestFinals(await distancesOfFiles(files, options), runs.length);
  const pool = nearest.map(({ distance }, i): NearestDistance => ({ run: runs[i].run, distance }));
  return {
    format: "weight-odometer qmcm estimate 1",
    ...choice,
    pool: pool.length,
    ...estimate(pool, choice),
    nearestIsOther: nearest.filter(({ own }) => !own).length,
  };
}

/**
 * The distance of each initial state to the nearest of all final states, and whether its own is as near as any.
 * @param distances of the initial states, then the final ones, of n runs: 2n x 2n, row-major
 */
function nearestFinals(
  distances: Float64Array,
  n: number,
): { readonly distance: number; readonly own: boolean }[] {
  return Array.from({ length: n }, (_, i) => {
    const finals = distances.subarray((2 * i + 1) * n, (2 * i + 2) * n);
    const distance = finals.reduce((least, value) => Math.min(least, value), Infinity);
    return { distance, own: finals[i] === distance };
  });
}
