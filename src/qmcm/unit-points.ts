import type { Precision, Values } from "./largest-products";

/** Points on the unit sphere, [count, dimensions], row-major. */
export interface UnitPoints {
  readonly values: Float64Array;
  /** The values rounded to float32. */
  readonly rounded: Float32Array;
  readonly dimensions: number;
}

/** @param values [count, dimensions], row-major, each row of norm 1 */
export function unitPoints(values: Float64Array, dimensions: number): UnitPoints {
  return { values, rounded: new Float32Array(values), dimensions };
}

export function valuesOf({ values, rounded }: UnitPoints, precision: Precision): Values {
  return precision === "float32" ? rounded : values;
}
