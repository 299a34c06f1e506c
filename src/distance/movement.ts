import type { ChangePlace, Movement } from "../protocol/comparison";
import { angle } from "./angle";
import type { ChangeSums } from "./change-sums";

/**
 * The figures of a movement from its sums.
 * @param maxChangeAt where the largest change is; null where nothing changed
 * @param roundingSquare sum of the squares of a, each times its type's squared unit roundoff; 0 where no type rounds
 */
export function movement(
  sums: ChangeSums,
  maxChangeAt: ChangePlace | null,
  roundingSquare: number,
): Movement {
  const { parameters, difference, squareA, squareB, nonFinite, max, histogram } = sums;
  const finite = parameters - nonFinite;
  const changed = finite - histogram.unchanged;
  const finiteDistance = finiteOrNull(Math.sqrt(difference));
  const distance = nonFinite === 0 ? finiteDistance : null;
  const rmsFinite = Math.sqrt(difference / finite);
  const floor = roundingSquare > 0 ? finiteOrNull(Math.sqrt(roundingSquare / finite)) : null;
  return {
    parameters,
    distance,
    relativeDistance:
      distance === null || squareA === 0 ? null : finiteOrNull(distance / Math.sqrt(squareA)),
    rmsChange:
      distance === null || parameters === 0 ? null : finiteOrNull(distance / Math.sqrt(parameters)),
    ...(nonFinite === 0 ? angle(sums) : { cosine: null, rotation: null }),
    normA: finiteOrNull(Math.sqrt(squareA)),
    normB: finiteOrNull(Math.sqrt(squareB)),
    maxChange: finite === 0 ? null : finiteOrNull(max),
    maxChangeAt,
    changed,
    changedShare: finite === 0 ? null : changed / finite,
    histogram,
    roundingFloor: floor,
    nearRoundingFloor: floor !== null && rmsFinite > 0 && rmsFinite <= floor,
    nonFinite,
    finiteDistance,
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
