import type { RunResult, Statistics } from "../../src/protocol/results";

/** Mean square, so that the shares of all tensors sum to one. */
export function meanSquare({ mean, std, count: n }: Statistics): number {
  return mean ** 2 + ((n - 1) / n) * (std ?? 0) ** 2;
}

/** Means over the runs that recorded their path; null where none did. */
export function pathMeans(
  runs: readonly RunResult[],
): { readonly net: number; readonly path: number; readonly walk: number } | null {
  const recorded = runs.filter(
    (run) => run.distance !== null && run.pathLength !== null && run.sumSquaredSteps !== null,
  );
  if (recorded.length === 0) return null;
  const mean = (value: (run: RunResult) => number): number =>
    recorded.reduce((sum, run) => sum + value(run), 0) / recorded.length;
  return {
    net: mean((run) => run.distance!),
    path: mean((run) => run.pathLength!),
    walk: mean((run) => Math.sqrt(run.sumSquaredSteps!)),
  };
}
