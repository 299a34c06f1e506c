import { naturalOrder } from "../comparison/natural-order";
import type { TrajectoryOrder } from "../protocol/trajectory";
import { seriesLabels } from "./series-label";
import { stepNumbers } from "./step-numbers";

/** A checkpoint of a series before it is placed. */
export interface SeriesFile {
  readonly file: string;
  /** Time of last change in milliseconds since 1970. */
  readonly modifiedMs: number;
}

export interface OrderedSeries<T> {
  readonly files: readonly (T & { readonly step: number | null })[];
  readonly order: TrajectoryOrder;
}

/**
 * Puts a series in order: by step numbers in the names, or, where names carry no or equal numbers, by time of last
 * change (equal times in natural order of names).
 * @param wish one way instead: "step" falls back to time all the same
 */
export function orderSeries<T extends SeriesFile>(
  files: readonly T[],
  wish?: TrajectoryOrder,
): OrderedSeries<T> {
  const places = stepNumbers(seriesLabels(files.map(({ file }) => file)));
  const placed = files.map((file, i) => ({
    rank: places?.[i].rank ?? 0,
    file: { ...file, step: places?.[i].step ?? null },
  }));
  const order = wish === "given" || wish === "time" ? wish : places ? "step" : "time";
  if (order === "step") placed.sort((a, b) => a.rank - b.rank);
  if (order === "time")
    placed.sort(
      (a, b) => a.file.modifiedMs - b.file.modifiedMs || naturalOrder(a.file.file, b.file.file),
    );
  return { files: placed.map(({ file }) => file), order };
}
