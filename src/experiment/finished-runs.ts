import type { RunPlace } from "../protocol/results";
import type { ExperimentFile } from "./experiment";
import type { Ledger } from "./ledger";
import { dataMark, dataMarkOf } from "./ledger-line";
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
  const places = new Map(
    plan(experiment).map((run) => [requestOf(run.settings, run.seeds), placeOf(run)]),
  );
  const asked = [...ledger.entries()].flatMap((entry) => {
    const place = places.get(entry.request);
    return place === undefined ? [] : [{ place, entry }];
  });
  const [data = []] = largestFirst(asked, ({ entry }) => dataMarkOf(entry));
  const chosen = new Map<number, FinishedKey>();
  for (const ofOneEngine of largestFirst(data, ({ entry }) => entry.origin))
    for (const { place, entry } of ofOneEngine)
      if (!chosen.has(place.run)) chosen.set(place.run, { place, key: entry.key });
  return [...chosen.values()].sort((a, b) => a.place.run - b.place.run);
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
