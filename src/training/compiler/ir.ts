/**
 * Intermediate representation of one traced computation: a list of nodes in execution order over values
 * of static shape. Spatial values are NHWC and filters HWIO, as in tfjs.
 */

export type DataType = "float32" | "float64" | "int32" | "bool";

/** A tensor of the computation. `constant` holds the number that fills it, for no other constants exist. */
export interface Value {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly source: "input" | "node" | { readonly constant: number };
}

/** Geometry of a 2-D window, rows before columns; padding is top, left, bottom, right. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: readonly [number, number, number, number];
}

export type BinaryFunction = "Add" | "Sub" | "Mul" | "Div" | "Max" | "Min";
export type UnaryFunction = "Relu" | "Neg" | "Abs" | "Exp" | "Log" | "Log1p" | "Sqrt" | "Sigmoid";
export type ReduceFunction = "Sum" | "Max" | "Mean";

export type Operation =
  | { readonly op: "binary"; readonly fn: BinaryFunction }
  | { readonly op: "unary"; readonly fn: UnaryFunction }
  /** 1 where the input is above 0, else 0. */
  | { readonly op: "step" }
  | { readonly op: "cast" }
  | { readonly op: "reshape" }
  | {
      readonly op: "reduce";
      readonly fn: ReduceFunction;
      readonly axes: readonly number[];
      readonly keepDims: boolean;
    }
  /** Squared L2 norm of each input, accumulated in float64: float64 [number of inputs]. */
  | { readonly op: "squaredNorms" }
  /** int32 [rows] to float32 [rows, depth]. */
  | { readonly op: "oneHot"; readonly depth: number }
  /** Two matrices, and optionally a bias [columns] to add. */
  | { readonly op: "matmul"; readonly transposeA: boolean; readonly transposeB: boolean }
  /** Image, filter, and optionally a bias [channels] to add. */
  | { readonly op: "convolution"; readonly window: Window; readonly relu: boolean }
  /** Gradient with respect to the image: output gradient, filter. */
  | { readonly op: "convolutionInputGradient"; readonly window: Window }
  /** Gradient with respect to the filter: image, output gradient. */
  | { readonly op: "convolutionFilterGradient"; readonly window: Window }
  | { readonly op: "maxPool"; readonly window: Window }
  /** Output gradient, pool input, pool output; of equal maxima the first in row-major order receives it. */
  | { readonly op: "maxPoolGradient"; readonly window: Window };

export interface Node {
  readonly operation: Operation;
  readonly inputs: readonly Value[];
  readonly output: Value;
}

export interface Named {
  readonly name: string;
  readonly value: Value;
}

export interface Program {
  readonly inputs: readonly Named[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly Named[];
}

/** Number of elements of a shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The number that fills a constant value, or undefined where it is no constant. */
export function constantOf(value: Value): number | undefined {
  return typeof value.source === "object" ? value.source.constant : undefined;
}
