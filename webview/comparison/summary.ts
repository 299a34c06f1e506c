import type { Comparison, Movement, TensorComparison } from "../../src/protocol/comparison";
import { count, figure, percent, plural } from "../ui/format";

/** The angle between two vectors in degrees, from 1 - cosine: exact where it is small. */
export function degrees({ rotation }: Pick<Movement, "rotation">): number | null {
  if (rotation === null) return null;
  return (360 / Math.PI) * Math.asin(Math.sqrt(Math.min(2, Math.max(0, rotation)) / 2));
}

/** The index of an element along each axis, from its row-major place: `[3, 0]`. */
export function elementIndex(place: number, shape: readonly number[]): string {
  let rest = place;
  const along = shape.toReversed().map((size) => {
    const index = rest % size;
    rest = Math.floor(rest / size);
    return index;
  });
  return `[${along.reverse().join(", ")}]`;
}

/** Where the largest change is: `layers.0.weight [3, 0]`. */
export function largestPlace({ maxChangeAt, tensors }: Comparison): string {
  if (maxChangeAt === null) return "";
  const shape = tensors.find(({ name }) => name === maxChangeAt.tensor)?.shape ?? [];
  return `${maxChangeAt.tensor} ${shape.length === 0 ? "" : elementIndex(maxChangeAt.index, shape)}`.trim();
}

/** What the comparison says, in words with the numbers behind them; each a sentence. */
export function summary(comparison: Comparison): readonly string[] {
  const { tensors, distance, changed } = comparison;
  if (tensors.length === 0)
    return [
      "Nothing could be compared: no float tensor is in both under one name and with one shape.",
    ];
  if (changed === 0 && comparison.nonFinite === 0)
    return [
      `Nothing moved: all ${plural(tensors.length, "compared tensor")} hold equal values in A and B.`,
    ];
  if (distance === null)
    return ["A and B hold values that are infinite or NaN, so there is no total distance."];
  return [howFar(comparison, distance), howMany(comparison), ...where(tensors, distance)];
}

function howFar(comparison: Comparison, distance: number): string {
  const { relativeDistance, normA } = comparison;
  const angle = degrees(comparison);
  const relative =
    relativeDistance === null || normA === null
      ? ", and A's own length is 0"
      : `, ${percent(100 * relativeDistance)} of A's own length (${figure(normA)})`;
  const turned = angle === null ? "" : `, and the weight vector turned by ${figure(angle, 3)}°`;
  return `B lies ${figure(distance)} from A${relative}${turned}.`;
}

function howMany({ changed, changedShare, parameters, rmsChange, tensors }: Comparison): string {
  const still = tensors.filter((tensor) => tensor.changed === 0).length;
  const who =
    changed === parameters
      ? "Every weight changed"
      : `${percent(100 * (changedShare ?? 0))} of the weights changed (${count(changed)} of ${count(parameters)})`;
  const whole =
    still === 0
      ? ""
      : `; ${still === 1 ? "one tensor" : `${count(still)} of ${count(tensors.length)} tensors`} did not change at all`;
  return `${who}, by ${figure(rmsChange, 3)} in the root mean square over all${whole}.`;
}

/** How few tensors hold half of the squared distance. */
function where(tensors: readonly TensorComparison[], distance: number): readonly string[] {
  if (tensors.length < 3 || distance === 0) return [];
  const shares = tensors
    .map((tensor) => ({ tensor, share: ((tensor.distance ?? 0) / distance) ** 2 }))
    .sort((a, b) => b.share - a.share);
  let half = 0;
  for (let sum = 0; sum < 0.5 && half < shares.length; half++) sum += shares[half].share;
  const [{ tensor, share }] = shares;
  const most = `${tensor.name} with ${percent(100 * share, 2)}`;
  return half === 1
    ? [`One tensor alone makes up most of the squared distance: ${most}.`]
    : [
        `Half of the squared distance lies in ${count(half)} of ${count(tensors.length)} tensors, first of all ${most}.`,
      ];
}
