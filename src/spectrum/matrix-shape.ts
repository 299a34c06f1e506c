import type { TensorSpectrum } from "../protocol/spectrum";

/** Formats in which the last axis of a kernel is that of its outputs. */
const lastIsOutput = /keras|tensorflow|tfjs|flax|msgpack|saved/i;

/**
 * A tensor of two axes or more as a matrix: the axis of outputs against the rest, so that a convolution's kernel is
 * flattened as its im2col product has it. Keras and TensorFlow have outputs last (and call a kernel "kernel"), others
 * first. Null for fewer axes longer than 1.
 */
export function matrixShape(
  { name, shape }: { readonly name: string; readonly shape: readonly number[] },
  format: string,
): Pick<TensorSpectrum, "layout" | "rows" | "columns"> | null {
  if (shape.length < 2) return null;
  const elements = shape.reduce((product, size) => product * size, 1);
  const last = lastIsOutput.test(format) || /kernel[^./]*$/i.test(name);
  const output = last ? shape[shape.length - 1] : shape[0];
  const rest = elements / output;
  if (elements === 0 || output < 2 || rest < 2) return null;
  return last
    ? { layout: "rest x last", rows: rest, columns: output }
    : { layout: "first x rest", rows: output, columns: rest };
}
