import { attribute, model, node, valueInfo } from "./onnx-fields";

/** Element type of a product, and which of its factors are stored transposed. */
export interface GemmOptions {
  readonly type?: "float32" | "float64";
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * An ONNX model of one operator: `product` [m, n] = `a` [m, k] times `b` [k, n]; what is transposed is stored with its
 * sizes swapped. By default float64 and `b` transposed. Gemm of opset 13, IR version 8 (onnx.proto's field numbers).
 */
export function gemmModel({
  type = "float64",
  transposeA = false,
  transposeB = true,
}: GemmOptions = {}): Uint8Array {
  return model(
    "gram",
    node(
      "Gemm",
      ["a", "b"],
      "product",
      attribute("transA", Number(transposeA)),
      attribute("transB", Number(transposeB)),
    ),
    valueInfo(11, "a", type, transposeA ? ["k", "m"] : ["m", "k"]),
    valueInfo(11, "b", type, transposeB ? ["n", "k"] : ["k", "n"]),
    valueInfo(12, "product", type, ["m", "n"]),
  );
}
