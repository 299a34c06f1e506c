/**
 * Intermediate representation of one traced computation: a list of nodes in execution order over values
 * of static shape. Spatial values are NHWC and filters HWIO, as in tfjs.
 */

export type DataType = "float32" | "int32" | "bool";

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
export type UnaryFunction =
  | "Relu"
  | "Neg"
  | "Abs"
  | "Exp"
  | "Log"
  | "Log1p"
  | "Sqrt"
  | "Reciprocal"
  | "Sigmoid"
  | "Tanh"
  | "Softplus";
export type ReduceFunction = "Sum" | "Max" | "Min" | "Mean";
export type CompareFunction = "Greater" | "GreaterOrEqual" | "Less" | "LessOrEqual" | "Equal";
export type LogicalFunction = "And" | "Or" | "Not";

export type Operation =
  | { readonly op: "binary"; readonly fn: BinaryFunction }
  | { readonly op: "unary"; readonly fn: UnaryFunction }
  /** 1 where the input is above 0, else 0. */
  | { readonly op: "step" }
  | { readonly op: "leakyRelu"; readonly alpha: number }
  /** Output gradient and the activation's input (or output: it has the same sign). */
  | { readonly op: "leakyReluGradient"; readonly alpha: number }
  /** bool. */
  | { readonly op: "compare"; readonly fn: CompareFunction }
  | { readonly op: "logical"; readonly fn: LogicalFunction }
  /** Condition, value where it holds, value elsewhere. */
  | { readonly op: "select" }
  | { readonly op: "cast" }
  | { readonly op: "reshape" }
  /** Repeats along axes of size 1, and along new ones in front. */
  | { readonly op: "broadcast" }
  | { readonly op: "transpose"; readonly order: readonly number[] }
  | { readonly op: "concat"; readonly axis: number }
  | { readonly op: "slice"; readonly begin: readonly number[] }
  | {
      readonly op: "pad";
      readonly before: readonly number[];
      readonly after: readonly number[];
      readonly value: number;
    }
  /**
   * Images [rows, height, width, channels], scaled and shifted in each channel, and summed: `terms` images,
   * as many scales [channels], and a shift [channels].
   */
  | { readonly op: "affine"; readonly terms: number; readonly activation: Activation }
  | {
      readonly op: "reduce";
      readonly fn: ReduceFunction;
      readonly axes: readonly number[];
      readonly keepDims: boolean;
    }
  /** int32 [rows] to float32 [rows, depth]. */
  | { readonly op: "oneHot"; readonly depth: number }
  /** Two matrices, and optionally a bias [columns] to add. */
  | { readonly op: "matmul"; readonly transposeA: boolean; readonly transposeB: boolean }
  /** Image, filter, and optionally a bias [channels] to add. */
  | { readonly op: "convolution"; readonly window: Window; readonly activation: Activation }
  /** Gradient with respect to the image: output gradient, filter. */
  | { readonly op: "convolutionInputGradient"; readonly window: Window }
  /** Gradient with respect to the filter: image, output gradient. */
  | { readonly op: "convolutionFilterGradient"; readonly window: Window }
  | { readonly op: "maxPool"; readonly window: Window }
  /** Output gradient, pool input, pool output; of equal maxima the first in row-major order receives it. */
  | { readonly op: "maxPoolGradient"; readonly window: Window }
  /** Means of windows; what lies outside the image does not count. */
  | { readonly op: "averagePool"; readonly window: Window }
  /** Output gradient. */
  | { readonly op: "averagePoolGradient"; readonly window: Window }
  /** Each pixel becomes `factor` rows and columns of it. */
  | { readonly op: "upsample"; readonly factor: number }
  | { readonly op: "upsampleGradient"; readonly factor: number }
  | { readonly op: "lrn"; readonly normalization: LocalResponse }
  /** Output gradient, input, output. */
  | { readonly op: "lrnGradient"; readonly normalization: LocalResponse };

export type Activation = "linear" | "relu" | { readonly leaky: number };

/**
 * x / (bias + alpha * sum of squares over the channel and `radius` on either side) ^ beta: local response
 * normalisation of Krizhevsky et al. 2012, section 3.3.
 */
export interface LocalResponse {
  readonly radius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

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
