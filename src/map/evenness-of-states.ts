import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open";
import type { Evenness } from "../protocol/states";
import { selectSquare } from "./double-centre";
import { monteCarlo, unevennessByChance, unevennessOfMaps } from "./evenness";
import { initialMoments } from "./initial-moments";
import type { StateLabel } from "./state-maps";
import { statePairs, statesOf } from "./state-pairs";

const fewestStates = 10;
/** The time grows with the third power of the states: about 15 s for so many. */
const mostStates = 150;
const draws = 199;
/** Initial states whose weights are read for their moments. */
const measuredStates = 4;

/**
 * Whether the directions of initial and of final states on their maps are as even as those of fresh random initialisations
 * (Fig. 1). Empty with fewer than ten states or where runs share initial weights.
 * @param distances between all states, n x n, row-major
 * @throws CheckpointError on a file that cannot be read; the signal's reason where it is aborted
 */
export async function evennessOfStates(
  distances: Float64Array,
  files: readonly (StateLabel & { readonly path: string })[],
  { seed = 0, signal }: { readonly seed?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly Evenness[]> {
  const initials = statesOf(files, "initial");
  const states = Math.min(mostStates, initials.length);
  if (states < fewestStates || initials.length < statePairs(files).length) return [];
  const moments = await withCheckpoints(
    initials.slice(0, measuredStates).map((at) => files[at].path),
    initialMoments,
  );
  // Runs that all start from one point have no directions.
  if (moments.squaredNorm === 0) return [];
  const chance = await unevennessByChance(moments, states, { draws, seed, signal });
  return (["initial", "final"] as const).flatMap((state) => {
    const points = statesOf(files, state).slice(0, states);
    if (points.length < states) return [];
    const seen = unevennessOfMaps(selectSquare(distances, files.length, points), states);
    return (["classical", "metric"] as const).map((method): Evenness => {
      const test = (statistic: "resultant" | "anisotropy") =>
        monteCarlo(
          seen[method][statistic],
          chance.map((draw) => draw[method][statistic]),
        );
      return {
        state,
        method,
        resultant: test("resultant"),
        anisotropy: test("anisotropy"),
        states,
        draws,
        seed,
      };
    });
  });
}

async function withCheckpoints<T>(
  paths: readonly string[],
  use: (checkpoints: readonly Checkpoint[]) => Promise<T>,
): Promise<T> {
  const open: Checkpoint[] = [];
  try {
    for (const path of paths) open.push(await openCheckpoint(path));
    return await use(open);
  } finally {
    await Promise.all(open.map((checkpoint) => checkpoint.close()));
  }
}
