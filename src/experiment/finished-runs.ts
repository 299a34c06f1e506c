import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import { plan } from "./plan";
import { requestHash, type RunRecord } from "./run-record";

/** A finished run of an experiment. */
export interface FinishedRun {
  /** Index in the experiment. */
  readonly run: number;
  readonly record: RunRecord;
}

/**
 * The finished runs that an experiment asks for, in its order. Where the same run was trained on several
 * engines or machines only one engine's runs are taken, that with the most, for their bytes differ.
 * @throws Error with the file's name on a record that is not one
 */
export async function finishedRuns(
  directory: ExperimentDirectory,
  experiment: ExperimentFile,
): Promise<readonly FinishedRun[]> {
  const indices = new Map(
    plan(experiment).map(({ run, settings, seeds }) => [requestHash(settings, seeds), run]),
  );
  const byOrigin = new Map<string, FinishedRun[]>();
  for (const key of await directory.finishedKeys()) {
    const record = await directory.readRun(key);
    const run = record && indices.get(requestHash(record.settings, record.seeds));
    if (!record || run === undefined || run === null) continue;
    const origin = JSON.stringify([record.engine, record.dataSha256]);
    byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), { run, record }]);
  }
  const most = [...byOrigin.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  return most.sort((a, b) => a.run - b.run);
}
