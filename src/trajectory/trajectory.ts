import type {
  Trajectory,
  TrajectoryPath,
  TrajectoryPoint,
  TrajectoryTensor,
} from "../protocol/trajectory";
import type { OrderedSeries, SeriesFile } from "./order-series";
import type { MatchedSeries } from "./match-series";
import { joinSquares, type KnownSquares } from "./series-sums";

type Distances = Pick<TrajectoryTensor, "fromFirst" | "toLast" | "fromPrevious">;

/**
 * Result object of a measured series.
 * @param squares as measureSeries gives them
 */
export function toTrajectory(
  { files, order }: OrderedSeries<SeriesFile>,
  { tensors, unmatched, strippedPrefixes }: MatchedSeries,
  squares: readonly (readonly KnownSquares[])[],
  skipped: Trajectory["skipped"],
): Trajectory {
  const totals = files.map((_, t) => joinSquares(squares.map((own) => own[t])));
  const all = distances(totals);
  return {
    steps: files.map(({ file, modifiedMs, step }, t) => ({
      step,
      file,
      modified: new Date(modifiedMs).toISOString(),
      fromFirst: all.fromFirst[t],
      toLast: all.toLast[t],
      fromPrevious: all.fromPrevious[t],
      norm: root(totals[t].norm),
    })),
    ...pathOf(all),
    order,
    parameters: tensors.reduce((sum, { parameters }) => sum + parameters, 0),
    tensors: tensors.map(({ name, shape, parameters }, i) => {
      const own = distances(squares[i]);
      return { name, shape, parameters, ...own, ...pathOf(own) };
    }),
    unmatched,
    skipped,
    strippedPrefixes,
  };
}

/** Distances of one more checkpoint, the last of a measured series whose end is not known yet. */
export function lastPoint(
  { file, modifiedMs, step }: SeriesFile & { readonly step: number | null },
  squares: readonly (readonly KnownSquares[])[],
): TrajectoryPoint {
  const { fromFirst, fromPrevious, norm } = joinSquares(squares.map((own) => own.at(-1)!));
  const first = squares.every((own) => own.length === 1);
  return {
    step,
    file,
    modified: new Date(modifiedMs).toISOString(),
    fromFirst: root(fromFirst),
    toLast: null,
    fromPrevious: first ? null : root(fromPrevious),
    norm: root(norm),
  };
}

function distances(squares: readonly KnownSquares[]): Distances {
  return {
    fromFirst: squares.map(({ fromFirst }) => root(fromFirst)),
    toLast: squares.map(({ toLast }) => root(toLast)),
    fromPrevious: squares.map(({ fromPrevious }, t) => (t === 0 ? null : root(fromPrevious))),
  };
}

/** Length of the way and how it compares with the net distance, from distances in order. */
export function pathOf({
  fromFirst,
  fromPrevious,
}: Pick<Distances, "fromFirst" | "fromPrevious">): TrajectoryPath {
  const parts = fromPrevious.slice(1);
  const pathLength = parts.reduce<number | null>(
    (sum, part) => (sum === null || part === null ? null : sum + part),
    0,
  );
  const netDistance = fromFirst.at(-1) ?? null;
  const pathRatio =
    pathLength === null || netDistance === null || netDistance === 0
      ? null
      : pathLength / netDistance;
  return { pathLength, netDistance, pathRatio };
}

function root(square: number | null): number | null {
  return square !== null && Number.isFinite(square) ? Math.sqrt(square) : null;
}
