import type { Movement } from "../protocol/comparison";
import type { ProductSumValues } from "./products";

/** Distance, relative distance and cosine from the sums of products of `parameters` elements. */
export function movement(sums: ProductSumValues, parameters: number): Movement {
  const { difference, squareA, squareB, dot, nonFinite } = sums;
  const finiteDistance = finiteOrNull(Math.sqrt(difference));
  const distance = nonFinite === 0 ? finiteDistance : null;
  const norms = Math.sqrt(squareA) * Math.sqrt(squareB);
  const cosine = nonFinite === 0 && norms > 0 ? finiteOrNull(dot / norms) : null;
  return {
    parameters,
    distance,
    relativeDistance:
      distance === null || squareA === 0 ? null : finiteOrNull(distance / Math.sqrt(squareA)),
    // Rounding may carry the quotient a last place above 1.
    cosine: cosine === null ? null : Math.max(-1, Math.min(1, cosine)),
    nonFinite,
    finiteDistance,
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
