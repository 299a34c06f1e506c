import type { Results, RunResult } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
export type MapAnalysis = Pick<Results, "nearest" | "sphere" | "maps">;
export function analyseMaps(
  _d: ExperimentDirectory,
  _runs: readonly RunResult[],
  _s?: AbortSignal,
): Promise<MapAnalysis | null> {
  return Promise.resolve(null);
}
