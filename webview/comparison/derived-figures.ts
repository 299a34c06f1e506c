import type { Comparison, Movement } from "../../src/protocol/comparison";

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
