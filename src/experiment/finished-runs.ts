import type { RunPlace } from "../protocol/results";
import type { ExperimentFile } from "./experiment";
import type { Ledger } from "./ledger";
import { dataMark, dataMarkOf, type LedgerEntry } from "./ledger-line";
import { placeOf, plan, type PlannedRun } from "./plan";
import { requestOf, type RunRecord } from "./run-record";

/** A finished run of an experiment, with its record. */
export interface FinishedRun {
  readonly place: RunPlace;
  readonly record: RunRecord;
}

/** A finished run of an experiment, by its key. */
export interface FinishedKey {
  readonly place: RunPlace;
  readonly key: string;
}

/**
 * The finished runs that an experiment asks for, each once, in its order; all of the same data, those with the most.
 * Where a run was trained on several engines or kinds of CPU, it is taken from that with the most runs: what others
 * have beside fills gaps.
 */
export function finishedRuns(ledger: Ledger, experiment: ExperimentFile): readonly FinishedKey[] {
  // Written as loops: of 100,000 runs, what is made for each is felt.
  const planned = new Map<string, PlannedRun>();
  for (const run of plan(experiment)) planned.set(requestOf(run.settings, run.seeds), run);
  const asked: LedgerEntry[] = [];
  for (const entry of ledger.entries()) if (planned.has(entry.request)) asked.push(entry);
  const [data = []] = largestFirst(asked, dataMarkOf);
  const chosen = new Map<string, LedgerEntry>();
  for (const ofOneEngine of largestFirst(data, ({ origin }) => origin))
    for (const entry of ofOneEngine)
      if (!chosen.has(entry.request)) chosen.set(entry.request, entry);
  const finished: FinishedKey[] = [];
  for (const [request, run] of planned) {
    const entry = chosen.get(request);
    if (entry) finished.push({ place: placeOf(run), key: entry.key });
  }
  return finished;
}

/** Groups by name, the largest first; equal sizes go by name, so that everybody takes the same. */
function largestFirst<T>(items: readonly T[], nameOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups]
    .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
    .map(([, group]) => group);
}

/** Finds the key of a run finished on some data, on whatever engine. */
export function finderOn(
  dataSha256: string,
  ledger: Ledger,
): (run: Pick<PlannedRun, "settings" | "seeds">) => string | null {
  const mark = dataMark(dataSha256);
  const keys = new Map<string, string>();
  for (const entry of ledger.entries())
    if (dataMarkOf(entry) === mark) keys.set(entry.request, entry.key);
  return ({ settings, seeds }) => keys.get(requestOf(settings, seeds)) ?? null;
}
