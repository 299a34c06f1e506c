import type { Window } from "../ir";

/** How far `count` windows in a row reach along an axis (0 is height, 1 is width). */
export function spannedSize(window: Window, axis: 0 | 1, count: number): number {
  return (
    (count - 1) * window.strides[axis] + (window.kernel[axis] - 1) * window.dilations[axis] + 1
  );
}

/** The attributes that ONNX's convolutions take. */
export function windowAttributes({ kernel, strides, dilations, padding }: Window) {
  return { kernel_shape: kernel, strides, dilations, pads: padding };
}

/**
 * The gradient of pooling is lowered for windows that do not overlap, 2x2 with stride 2, where the four
 * elements of a window are four images of half the size.
 */
export function assertFastPooling({ kernel, strides, padding }: Window): void {
  const [top, left] = padding;
  if ([...kernel, ...strides].every((size) => size === 2) && top === 0 && left === 0) return;
  throw new Error(
    `The gradient of max pooling is supported for 2x2 windows with stride 2, ` +
      `not ${kernel.join("x")} with stride ${strides.join("x")}.`,
  );
}

/** Below what pooling of real values can meet; finite, since 0 times infinity is not 0. */
export const belowAll = -3e38;
