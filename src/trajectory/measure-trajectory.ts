import { CheckpointError } from "../checkpoint/error";
import type { MatchOptions } from "../distance/match-tensors";
import type { Trajectory, TrajectoryOrder } from "../protocol/trajectory";
import { matchSeries } from "./match-series";
import { measureSeries, type MeasureOptions } from "./measure-series";
import { closeSeries, openSeries, type OpenedFile } from "./open-series";
import { orderSeries } from "./order-series";
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
    return await trajectoryOf(files, skipped, options);
  } finally {
    await closeSeries(files);
  }
}

/** The same of checkpoints that are open. */
export async function trajectoryOf(
  files: readonly OpenedFile[],
  skipped: Trajectory["skipped"],
  { order, signal, onProgress, ...matching }: TrajectoryOptions,
): Promise<Trajectory> {
  const ordered = orderSeries(files, order);
  const checkpoints = ordered.files.map(({ checkpoint }) => checkpoint);
  const matched = matchSeries(checkpoints, matching);
  if (matched.tensors.length === 0)
    throw new CheckpointError(files[0].file, "no tensor is in all checkpoints of the series");
  const squares = await measureSeries(checkpoints, matched.tensors, {
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  return toTrajectory(ordered, matched, squares, skipped);
}
