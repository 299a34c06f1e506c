import { CheckpointError } from "../checkpoint/error";
import type { MatchOptions } from "../distance/match-tensors";
import type { Trajectory, TrajectoryOrder } from "../protocol/trajectory";
import { identityOf } from "./identity";
import { matchSeries } from "./match-series";
import { measureSeries, type MeasureOptions } from "./measure-series";
import { closeSeries, openSeries, type OpenedFile } from "./open-series";
import { orderSeries } from "./order-series";
import type { SeriesMemory } from "./series-memory";
import { toTrajectory } from "./trajectory";

export interface TrajectoryOptions extends MatchOptions, MeasureOptions {
  /** How to order the checkpoints; by step numbers in names, else by time, by default. */
  readonly order?: TrajectoryOrder;
}

/**
 * Distances over a series of checkpoints of any format: a folder, or files and folders by name. Each is read once, in
 * blocks: memory does not grow with their size or number.
 * @throws CheckpointError where one cannot be read, or there are none; the signal's reason where it is aborted
 */
export async function measureTrajectory(
  paths: readonly string[],
  options: TrajectoryOptions = {},
): Promise<Trajectory> {
  const { files, skipped } = await openSeries(paths, options);
  try {
    if (files.length === 0) {
      const [broken] = skipped;
      const why = skipped.length > 0 ? ` (${broken.file}: ${broken.reason})` : "";
      throw new CheckpointError(paths.join(", "), `no checkpoint of a known format${why}`);
    }
    return (await trajectoryOf(files, skipped, options)).trajectory;
  } finally {
    await closeSeries(files);
  }
}

export interface OpenedSeriesOptions extends TrajectoryOptions {
  /** What was measured before, of which nothing is read again, and where what is measured now is kept. */
  readonly memory?: SeriesMemory;
  /** Whether all are read for their distances to the last alone; by default they are. See SeriesOptions. */
  readonly toLast?: boolean;
}

export interface MeasuredTrajectory {
  readonly trajectory: Trajectory;
  /** Whether distances to the last are still unknown, because `toLast` was false. */
  readonly pending: boolean;
}

/** The same of checkpoints that are open. */
export async function trajectoryOf(
  files: readonly OpenedFile[],
  skipped: Trajectory["skipped"],
  { order, signal, onProgress, memory, toLast = true, ...matching }: OpenedSeriesOptions,
): Promise<MeasuredTrajectory> {
  const ordered = orderSeries(files, order);
  const checkpoints = ordered.files.map(({ checkpoint }) => checkpoint);
  const matched = matchSeries(checkpoints, matching);
  if (matched.tensors.length === 0)
    throw new CheckpointError(files[0].file, "no tensor is in all checkpoints of the series");
  const ids = memory && (await Promise.all(ordered.files.map(identityOf)));
  const squares = await measureSeries(checkpoints, matched.tensors, {
    toLast,
    ...(ids && { known: matched.tensors.map((tensor) => memory.recall(ids, tensor)) }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  if (ids) memory.keep(ids, matched.tensors, squares);
  return {
    trajectory: toTrajectory(ordered, matched, squares, skipped),
    pending: squares.some((own) => own.some((square) => square.toLast === null)),
  };
}
