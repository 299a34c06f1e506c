import type { TensorComparison } from "../protocol/comparison";
import type { Breadth } from "../protocol/summary";
import { squaredDistance, sum } from "./group-movement";

/** Shares of the parameters below which a change is narrow, and from which on it is broad. */
const NARROW = 0.1;
const BROAD = 0.5;

/** Over how many tensors and parameters the squared distance is spread; null where nothing moved. */
export function breadth(tensors: readonly TensorComparison[]): Breadth | null {
  const whole = sum(tensors, squaredDistance);
  if (!(whole > 0)) return null;
  const shares = tensors.map((tensor) => squaredDistance(tensor) / whole);
  const effectiveTensors = 1 / sum(shares, (share) => share ** 2);
  const effectiveParameters =
    1 /
    sum(
      tensors.map(({ changed }, i) => shares[i] ** 2 / Math.max(1, changed)),
      (x) => x,
    );
  const effectiveShare = effectiveParameters / sum(tensors, ({ parameters }) => parameters);
  const extent = effectiveShare < NARROW ? "narrow" : effectiveShare < BROAD ? "uneven" : "broad";
  return { effectiveTensors, effectiveParameters, effectiveShare, extent };
}
