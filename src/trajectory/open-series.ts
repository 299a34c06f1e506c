import { stat } from "node:fs/promises";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { CheckpointError } from "../checkpoint/error";
import type { MatchOptions } from "../distance/match-tensors";
import type { Trajectory } from "../protocol/trajectory";
import { candidate, candidatesIn, looksLikeCheckpoint, type Candidate } from "./candidates";
import { haveCommon } from "./match-series";
import { openCandidate } from "./open-candidate";

export interface OpenedFile extends Candidate {
  readonly checkpoint: Checkpoint;
}

export interface OpenedSeries {
  readonly files: readonly OpenedFile[];
  readonly skipped: Trajectory["skipped"];
}

/**
 * Opens the checkpoints of one folder, or of a list. In a folder, what is no checkpoint is passed over, and what looks
 * like one but cannot be opened, or has no tensor in common with the others, is named as skipped; in a list it is an
 * error.
 * @throws CheckpointError
 */
export async function openSeries(
  paths: readonly string[],
  options: MatchOptions = {},
): Promise<OpenedSeries> {
  const [only] = paths;
  const folder =
    paths.length === 1 && (await stat(only).catch(() => null))?.isDirectory() ? only : null;
  const candidates = folder === null ? await named(paths) : await candidatesIn(folder);
  const files: OpenedFile[] = [];
  const skipped: { file: string; reason: string }[] = [];
  try {
    for (const one of candidates)
      try {
        files.push({ ...one, checkpoint: await openCandidate(one.file) });
      } catch (error) {
        if (folder === null || !(error instanceof CheckpointError)) throw error;
        if (looksLikeCheckpoint(one.file)) skipped.push({ file: one.file, reason: error.reason });
      }
    const { series, strangers } = largestFamily(files, options);
    if (folder === null && strangers.length > 0) {
      const [stranger] = strangers;
      throw new CheckpointError(stranger.file, `no tensor in common with ${series[0].file}`);
    }
    for (const { file, checkpoint } of strangers) {
      await checkpoint.close();
      skipped.push({ file, reason: "no tensor in common with the others" });
    }
    return { files: series, skipped };
  } catch (error) {
    await closeSeries(files);
    throw error;
  }
}

export async function closeSeries(files: readonly OpenedFile[]): Promise<void> {
  await Promise.all(files.map(({ checkpoint }) => checkpoint.close()));
}

/** Files given by name; a name that the files of a checkpoint begin with (TensorFlow's) stands for them. */
async function named(paths: readonly string[]): Promise<Candidate[]> {
  return Promise.all(
    paths.map(async (file) => {
      const found = (await candidate(file)) ?? (await candidate(`${file}.index`));
      return { signature: "", modifiedMs: 0, ...found, file };
    }),
  );
}

/** The most files that share a tensor with one of them, and the rest: optimizers' states may lie beside weights. */
function largestFamily(
  files: readonly OpenedFile[],
  options: MatchOptions,
): { series: OpenedFile[]; strangers: OpenedFile[] } {
  const families: OpenedFile[][] = [];
  for (const file of files) {
    const own = families.find(([first]) => haveCommon(first.checkpoint, file.checkpoint, options));
    if (own) own.push(file);
    else families.push([file]);
  }
  const series = families.reduce<OpenedFile[]>(
    (best, family) => (family.length > best.length ? family : best),
    [],
  );
  return { series, strangers: files.filter((file) => !series.includes(file)) };
}
