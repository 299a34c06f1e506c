import { setTimeout } from "node:timers/promises";
import { CheckpointError } from "../checkpoint/error";
import type { MatchOptions } from "../distance/match-tensors";
import type { Trajectory, TrajectoryOrder, WatchedPoint } from "../protocol/trajectory";
import { candidatesIn, type Candidate } from "./candidates";
import { haveCommon, matchSeries } from "./match-series";
import { measureSeries, type MeasureOptions } from "./measure-series";
import { trajectoryOf } from "./measure-trajectory";
import { openCandidate } from "./open-candidate";
import { closeSeries, type OpenedFile } from "./open-series";
import { orderSeries } from "./order-series";
import { lastPoint } from "./trajectory";
import { FolderWatch, type FolderWatchOptions } from "./watch-folder";

/** How the series is matched and ordered, as measureTrajectory has it. */
type Settings = MatchOptions & { readonly order?: TrajectoryOrder };

export interface WatchOptions extends Partial<FolderWatchOptions> {
  /** Ends the watch; what is under way is dropped, and the whole series measured once more. */
  readonly signal: AbortSignal;
  readonly intervalMs?: number;
  /** Each checkpoint as soon as it is whole. */
  readonly onPoint: (point: WatchedPoint) => void;
  readonly onProgress?: NonNullable<MeasureOptions["onProgress"]>;
}

/**
 * Follows a folder while a training writes checkpoints to it. A new one costs reading w_0, w_{t-1} and itself; at the
 * end all are read once more, for d(w_t, w_T) of the last T. Files stay open, so that on most systems one that a
 * training deletes meanwhile can still be read (up to 64 of them).
 * @returns null where no checkpoint came
 * @throws CheckpointError where the first checkpoint of the series can no longer be read
 */
export async function watchTrajectory(
  folder: string,
  settings: Settings,
  options: WatchOptions,
): Promise<Trajectory | null> {
  const { signal, intervalMs = 1000, settleMs = 1500, graceMs = 30_000 } = options;
  const { onSkipped = () => undefined } = options;
  const watch = new FolderWatch(() => candidatesIn(folder), { settleMs, graceMs, onSkipped });
  const files: OpenedFile[] = [];
  try {
    while (!signal.aborted) {
      const settled = orderSeries(await watch.settled(), settings.order);
      for (const { step, ...candidate } of settled.files) {
        await take(candidate, step, files, watch, settings, options);
      }
      await setTimeout(intervalMs, undefined, { signal }).catch(() => undefined);
    }
    return await whole(files, watch, settings, options);
  } finally {
    await closeSeries(files);
  }
}

/** Measures one more checkpoint against the first and the one before; where that fails, it is left for later. */
async function take(
  candidate: Candidate,
  step: number | null,
  files: OpenedFile[],
  watch: FolderWatch,
  settings: Settings,
  { signal, onPoint }: WatchOptions,
): Promise<void> {
  if (signal.aborted) return;
  const opened = await openOrNull(candidate, watch);
  if (!opened) return;
  const [first] = files;
  if (files.length > 0 && !haveCommon(first.checkpoint, opened.checkpoint, settings)) {
    await opened.checkpoint.close();
    watch.skip(candidate.file, `no tensor in common with ${first.file}`);
    return;
  }
  try {
    const series = [...files.slice(0, 1), ...files.slice(1).slice(-1), opened];
    const point = await measured(series, step, settings, signal);
    watch.taken(candidate);
    files.push(opened);
    onPoint(point);
  } catch (error) {
    await opened.checkpoint.close();
    if (aborted(signal)) return;
    if (!(error instanceof CheckpointError)) throw error;
    if (files.length > 0 && error.path.startsWith(first.file)) throw error;
    const before = files.length > 1 ? files.at(-1)! : null;
    // A checkpoint that was overwritten or lost since it was measured cannot be the one before.
    if (before && error.path.startsWith(before.file)) {
      files.pop();
      await before.checkpoint.close();
      watch.skip(before.file, error.reason);
    } else watch.failed(candidate, error);
  }
}

async function openOrNull(candidate: Candidate, watch: FolderWatch): Promise<OpenedFile | null> {
  try {
    return { ...candidate, checkpoint: await openCandidate(candidate.file) };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    watch.failed(candidate, error);
    return null;
  }
}

async function measured(
  files: readonly OpenedFile[],
  step: number | null,
  settings: Settings,
  signal: AbortSignal,
): Promise<WatchedPoint> {
  const checkpoints = files.map(({ checkpoint }) => checkpoint);
  const { tensors } = matchSeries(checkpoints, settings);
  const squares = await measureSeries(checkpoints, tensors, { signal });
  const parameters = tensors.reduce((sum, tensor) => sum + tensor.parameters, 0);
  return { ...lastPoint({ ...files.at(-1)!, step }, squares), parameters };
}

/** The whole series at the end; a checkpoint that can no longer be read is named and left out. */
async function whole(
  files: OpenedFile[],
  watch: FolderWatch,
  settings: Settings,
  { onSkipped, onProgress }: WatchOptions,
): Promise<Trajectory | null> {
  const lost: { file: string; reason: string }[] = [];
  while (files.length > 0)
    try {
      const skipped = [...watch.leftOver(), ...lost];
      const options = { ...settings, ...(onProgress && { onProgress }) };
      return (await trajectoryOf(files, skipped, options)).trajectory;
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      const index = files.findIndex(({ file }) => error.path.startsWith(file));
      if (index < 0) throw error;
      const [{ file, checkpoint }] = files.splice(index, 1);
      await checkpoint.close();
      lost.push({ file, reason: error.reason });
      onSkipped?.(file, error.reason);
    }
  return null;
}

/** Asked anew: it may have changed while something was awaited. */
function aborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
