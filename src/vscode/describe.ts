import { comparedRuns } from "../experiment/plan";
import type { LiveSnapshot } from "../protocol/live";
import type { Results } from "../protocol/results";
import { shareOfAll } from "../words/run-progress";
import type { WorkspaceExperiment } from "./workspace-experiment";

/** What can be done with an experiment now. */
export type ExperimentPhase = "new" | "training" | "paused" | "stopped" | "done";

export function phaseOf({ alive, snapshot, results, file }: WorkspaceExperiment): ExperimentPhase {
  if (alive) return snapshot?.state === "paused" ? "paused" : "training";
  const planned = file?.ok ? comparedRuns(file.experiment) : (results?.planned ?? 0);
  if (results && results.runs >= planned && isMapped(results)) return "done";
  return snapshot || results ? "stopped" : "new";
}

/** Whether all was made that can be made of the weights: a map needs two runs. */
function isMapped({ maps, mapped, unlike, runs, diverged }: Results): boolean {
  return maps.length > 0 || unlike || mapped === 1 || runs === diverged;
}

/** Such as "3 of 20 runs, 41 %". */
export function describeSnapshot(snapshot: LiveSnapshot): string {
  const { runs, state } = snapshot;
  const finished = runs.filter((run) => run.state === "finished").length;
  const text = `${finished} of ${runs.length} runs, ${Math.floor(100 * shareOfAll(snapshot))} %`;
  return state === "running" ? text : `${text}, ${state}`;
}

/** Such as "distance 5.419 ± 0.028 (20 runs)". */
export function describeResults({ statistics, runs }: Results): string {
  if (!statistics) return `${runs} runs, none with finite weights`;
  const { mean, std } = statistics;
  return `distance ${mean.toPrecision(4)}${std === null ? "" : ` ± ${std.toPrecision(2)}`} (${runs} ${runs === 1 ? "run" : "runs"})`;
}
