import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { filesOfCheckpoint } from "../../experiment/checkpoint-files";
import type { ExperimentDirectory } from "../../experiment/experiment-directory";
import type { Keep } from "../../experiment/prune-run";
import type { RunRecord } from "../../experiment/run-record";
import { statesOfRun } from "../../experiment/run-states";

/** Room that a run takes, in bytes. */
export interface RunSize {
  /** What stays of it until the experiment is done. */
  readonly stays: number;
  /** Checkpoints along the way: with `keep` other than all they go once the run is measured. */
  readonly along: number;
}

const bytesOfNumber = 4;

/**
 * What a finished run took, whatever was removed of it since: a checkpoint that is gone counts as much as one that is
 * there, or as its parameters where none is.
 */
export async function sizeOfRun(
  directory: ExperimentDirectory,
  record: RunRecord,
): Promise<RunSize> {
  const { initial, steps, final } = statesOfRun(directory, record);
  const sizes = async (files: readonly string[]): Promise<number[]> =>
    Promise.all(files.map(sizeOfCheckpoint));
  const [ends, along, whole] = await Promise.all([
    sizes([initial, final.file]),
    sizes(steps.map(({ file }) => file)),
    sizeOf(directory.runFolder(record.key)),
  ]);
  const present = [...ends, ...along].filter((size) => size > 0);
  const typical = present.at(0) ?? bytesOfNumber * record.parameters;
  const asIfThere = (given: readonly number[]) => sum(given.map((size) => size || typical));
  const beside = whole - sum(present);
  return { stays: beside + asIfThere(ends), along: asIfThere(along) };
}

/** Room that runs to come need, in bytes: those under way hold all of their checkpoints until they are measured. */
export function roomFor(
  { stays, along }: RunSize,
  keep: Keep,
  runs: number,
  atOnce: number,
): number {
  return runs * stays + (keep === "all" ? runs : Math.min(runs, atOnce)) * along;
}

async function sizeOfCheckpoint(file: string): Promise<number> {
  return sum(await Promise.all((await filesOfCheckpoint(file)).map(sizeOf)));
}

/** Bytes of a file, or of all files below a folder; 0 where it is not there. Links are not followed below it. */
export async function sizeOf(name: string): Promise<number> {
  const entry = await stat(name).catch(() => null);
  if (!entry?.isDirectory()) return entry?.size ?? 0;
  const below = await readdir(name, { withFileTypes: true }).catch(() => []);
  const own = below.filter((inside) => !inside.isSymbolicLink());
  return sum(await Promise.all(own.map((inside) => sizeOf(path.join(name, inside.name)))));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
