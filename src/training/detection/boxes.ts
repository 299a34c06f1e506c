/** A rectangle in an image by its centre and size, in units of the image's width and height: 0 to 1. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box with what it holds. */
export interface LabelledBox extends Box {
  /** Label kind, from 0. */
  readonly kind: number;
  /** Marked as hard to tell by whoever drew it: evaluation counts it neither as found nor as missed. */
  readonly difficult: boolean;
}

/** A box that a network found. */
export interface Detection extends Box {
  readonly kind: number;
  /** Objectness times the probability of the kind, 0 to 1. */
  readonly score: number;
}

/** Intersection over union of two boxes, 0 to 1. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const overlap = (x: number, width: number, y: number, height: number) =>
    Math.max(0, Math.min(x + width / 2, y + height / 2) - Math.max(x - width / 2, y - height / 2));
  const shared = overlap(a.x, a.width, b.x, b.width) * overlap(a.y, a.height, b.y, b.height);
  const union = a.width * a.height + b.width * b.height - shared;
  return union > 0 ? shared / union : 0;
}

/** The same of two boxes' sizes alone, as if their centres were one. */
export function sizeOverlap(
  a: Pick<Box, "width" | "height">,
  b: Pick<Box, "width" | "height">,
): number {
  return intersectionOverUnion({ ...a, x: 0, y: 0 }, { ...b, x: 0, y: 0 });
}
