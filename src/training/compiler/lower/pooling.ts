import type { Window } from "../ir";

/**
 * The gradient of pooling is lowered for windows that do not overlap, 2x2 with stride 2, where the four
 * elements of a window are four separate images of half the size.
 */
export function assertFastPooling({ kernel, strides, padding }: Window): void {
  const [top, left] = padding;
  if ([...kernel, ...strides].every((size) => size === 2) && top === 0 && left === 0) return;
  throw new Error(
    `The gradient of max pooling is supported for 2x2 windows with stride 2, ` +
      `not ${kernel.join("x")} with stride ${strides.join("x")}.`,
  );
}
