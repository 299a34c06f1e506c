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

/** The attributes that ONNX's pooling takes. */
export function poolAttributes({ kernel, strides, padding }: Window) {
  return { kernel_shape: kernel, strides, pads: padding };
}

/** Below what pooling of real values can meet; finite, since 0 times infinity is not 0. */
export const belowAll = -3e38;
