import path from "node:path";
import { compareCheckpoints } from "../distance/compare-checkpoints";
import { UnlikeStatesError } from "../map/weight-vectors";
import type { RepetitionFloor, Results, RunResult } from "../protocol/results";
import { analyseRuns, mostRunsOnMaps } from "./analyse-runs";
import { writeFileAtomic } from "./atomic-file";
import { parseJson, readTextOrNull, type ExperimentDirectory } from "./experiment-directory";
import { withCheckpoint } from "./run-curve";
import { readStates } from "./run-states";
import { withWeights } from "./weights-present";

/** What the weights of an experiment's runs say together. */
export type RunsAnalysis = Pick<
  Results,
  | "nearest"
  | "nearestStates"
  | "sphere"
  | "evenness"
  | "clusters"
  | "displacements"
  | "maps"
  | "mapped"
  | "pruned"
  | "unlike"
  | "floor"
>;

export const noAnalysis: RunsAnalysis = {
  nearest: null,
  nearestStates: [],
  sphere: null,
  evenness: [],
  clusters: null,
  displacements: null,
  maps: [],
  mapped: 0,
  pruned: 0,
  unlike: false,
  floor: null,
};

/**
 * What the weights of runs say together; nothing but that they are unlike where they are. Where the weights of some were removed since, what was made of them before stays
 * as it was; nothing is made of the others alone unless nothing was made before.
 * @param runs that did not diverge
 * @param repetition the first run and the one that repeats it; null where there is none
 * @throws CheckpointError on a file that is none; the signal's reason where it is aborted
 */
export async function analysisOf(
  directory: ExperimentDirectory,
  runs: readonly RunResult[],
  repetition: readonly [RunResult, RunResult] | null,
  signal?: AbortSignal,
): Promise<RunsAnalysis> {
  const first = runs.slice(0, mostRunsOnMaps);
  const present = await withWeights(directory, first);
  const pruned = first.length - present.length;
  const kept = pruned > 0 ? await keptAnalysis(directory) : null;
  if (kept) return { ...kept, pruned };
  const floor = repetition && (await floorOf(directory, repetition));
  try {
    const made = await analyseRuns(directory, present, signal ? { signal } : {});
    return { ...noAnalysis, ...made, mapped: present.length, pruned, floor };
  } catch (error) {
    // Each run's distance stands, between what its own two states have in common.
    if (error instanceof UnlikeStatesError) return { ...noAnalysis, pruned, unlike: true, floor };
    throw error;
  }
}

/** Keeps what was made of weights that are about to be removed. */
export async function keepAnalysis(
  directory: ExperimentDirectory,
  results: RunsAnalysis,
): Promise<void> {
  const { nearest, nearestStates, sphere, evenness, clusters, displacements, maps } = results;
  const { mapped, pruned, unlike, floor } = results;
  const states = { nearest, nearestStates, sphere, evenness, clusters, displacements, maps };
  const kept: RunsAnalysis = { ...states, mapped, pruned, unlike, floor };
  await writeFileAtomic(fileOf(directory), `${JSON.stringify({ format, ...kept })}\n`);
}

const format = "weight-odometer analysis 1";
const fileOf = ({ root }: ExperimentDirectory): string => path.join(root, "analysis.json");

async function keptAnalysis(directory: ExperimentDirectory): Promise<RunsAnalysis | null> {
  const value = parseJson((await readTextOrNull(fileOf(directory))) ?? "") as
    (Partial<RunsAnalysis> & { format?: unknown }) | null | undefined;
  if (value?.format !== format || !Array.isArray(value.maps)) return null;
  return { ...noAnalysis, ...value };
}

/** How far two runs of the same seeds end from one another; null where their weights were removed. */
async function floorOf(
  directory: ExperimentDirectory,
  repetition: readonly [RunResult, RunResult],
): Promise<RepetitionFloor | null> {
  if ((await withWeights(directory, repetition)).length < 2) return null;
  const [a, b] = await Promise.all(repetition.map(({ key }) => readStates(directory, key)));
  const between = (one: string, other: string) =>
    withCheckpoint(one, (first) =>
      withCheckpoint(other, async (second) => (await compareCheckpoints(first, second)).distance),
    );
  return {
    initial: await between(a.initial, b.initial),
    final: await between(a.final.file, b.final.file),
    distances: [repetition[0].distance, repetition[1].distance],
  };
}
