import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { attribute, listAttribute, model, node, valueInfo } from "./onnx-fields";

/**
 * Sum over slices of the products of a matrix and a transpose: `a` [slices, m, k] and `b` [slices, n, k], row-major, give
 * [m, n]. Each slice's product is float32, their sum float64. Valid until the next call.
 */
export type SumOfProducts = (
  a: Float32Array,
  b: Float32Array,
  slices: number,
  k: number,
) => Promise<Float64Array>;

/** ONNX Runtime fuses the transposition into the product (its FusedMatMul). */
export function sumOfProductsModel(): Uint8Array {
  return model(
    "sum-of-products",
    node("Transpose", ["b"], "transposed", listAttribute("perm", [0, 2, 1])),
    node("MatMul", ["a", "transposed"], "products"),
    node("Cast", ["products"], "wide", attribute("to", 11)),
    node("ReduceSum", ["wide", "axes"], "sum", attribute("keepdims", 0)),
    valueInfo(11, "a", "float32", ["s", "m", "k"]),
    valueInfo(11, "b", "float32", ["s", "n", "k"]),
    valueInfo(11, "axes", "int64", ["one"]),
    valueInfo(12, "sum", "float64", ["m", "n"]),
  );
}

/** @param Tensor of the library that the session is of */
export function sumOfProducts(session: InferenceSession, Tensor: typeof OrtTensor): SumOfProducts {
  const axes = new Tensor("int64", BigInt64Array.of(0n), [1]);
  let room = new Float64Array(0);
  return async (a, b, slices, k) => {
    const [m, n] = [a, b].map(({ length }) => length / slices / k);
    // Memory that is used again: sums of their own would pile up until the garbage collector comes.
    if (m * n > room.length) room = new Float64Array(m * n);
    const sum = room.subarray(0, m * n);
    const matrices = (values: Float32Array, rows: number) =>
      new Tensor("float32", values, [slices, rows, k]);
    await session.run(
      { a: matrices(a, m), b: matrices(b, n), axes },
      { sum: new Tensor("float64", sum, [m, n]) },
    );
    return sum;
  };
}
