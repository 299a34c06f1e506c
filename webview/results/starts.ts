import type { RunResult } from "../../src/protocol/results";

/** For each run the first one that starts from the same weights: the one whose initial state a map shows. */
export function startsOf(runs: readonly RunResult[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const starts = new Map<number, number>();
  for (const { run, initialSha256 } of runs) {
    if (!first.has(initialSha256)) first.set(initialSha256, run);
    starts.set(run, first.get(initialSha256)!);
  }
  return starts;
}
