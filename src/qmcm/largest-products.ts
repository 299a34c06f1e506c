import type { InferenceSession } from "onnxruntime-node";
import { loadOnnxRuntime } from "../onnx-runtime/load";
import { sessionOptions } from "../onnx-runtime/session-options";
import { attribute, listAttribute, model, node, valueInfo } from "../map/onnx-fields";

export type Precision = "float32" | "float64";
export type Values = Float32Array | Float64Array;

/** Of the scalar products of queries and stored points the largest of each tile, a number of neighbouring points. */
export interface LargestProducts {
  readonly name: "onnxruntime" | "typescript";
  /**
   * Computed in the precision of the arrays, which are all of one.
   * @param queries [m, k], row-major
   * @param stored [n, k], row-major, n a multiple of `tile`
   * @returns [m, n / tile], valid until the next call
   */
  multiply(queries: Values, stored: Values, k: number, tile: number): Promise<Values>;
  release(): Promise<void>;
}

/**
 * The fastest this installation has: ONNX Runtime, else plain TypeScript. As with map/gemm, not for an extension host or
 * a worker thread.
 * @param threads for ONNX Runtime
 */
export async function loadLargestProducts(threads: number): Promise<LargestProducts> {
  try {
    return await onnxLargestProducts(threads);
  } catch {
    // Not packaged for this platform, or its native library does not load: slower.
    return plainLargestProducts;
  }
}

/** An ONNX model of Gemm, and of ReduceMax over the product seen as [m, tiles, tile]. */
function largestProductsModel(precision: Precision): Uint8Array {
  return model(
    "largest-products",
    node("Gemm", ["queries", "stored"], "products", attribute("transB", 1)),
    node("Reshape", ["products", "shape"], "tiles"),
    node("ReduceMax", ["tiles"], "largest", listAttribute("axes", [2]), attribute("keepdims", 0)),
    valueInfo(11, "queries", precision, ["m", "k"]),
    valueInfo(11, "stored", precision, ["n", "k"]),
    valueInfo(11, "shape", "int64", ["three"]),
    valueInfo(12, "largest", precision, ["m", "t"]),
  );
}

async function onnxLargestProducts(threads: number): Promise<LargestProducts> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const open = (precision: Precision) =>
    InferenceSession.create(largestProductsModel(precision), sessionOptions(threads));
  const float32 = await open("float32");
  let float64: Promise<InferenceSession> | undefined;
  const rooms: Record<Precision, Values> = {
    float32: new Float32Array(0),
    float64: new Float64Array(0),
  };
  return {
    name: "onnxruntime",
    multiply: async (queries, stored, k, tile) => {
      const precision = queries instanceof Float32Array ? "float32" : "float64";
      const session = precision === "float32" ? float32 : await (float64 ??= open("float64"));
      const m = queries.length / k;
      const tiles = stored.length / k / tile;
      const tensor = (values: Values, dims: readonly number[]) =>
        new Tensor(precision, values, dims);
      // Memory that is used again: new memory for each block would keep the garbage collector busy.
      if (m * tiles > rooms[precision].length)
        rooms[precision] = new (precision === "float32" ? Float32Array : Float64Array)(m * tiles);
      const largest = rooms[precision].subarray(0, m * tiles);
      const shape = BigInt64Array.from([m, tiles, tile], BigInt);
      await session.run(
        {
          queries: tensor(queries, [m, k]),
          stored: tensor(stored, [stored.length / k, k]),
          shape: new Tensor("int64", shape, [3]),
        },
        { largest: tensor(largest, [m, tiles]) },
      );
      return largest;
    },
    release: async () => {
      await float32.release();
      await (await float64)?.release();
    },
  };
}

export const plainLargestProducts: LargestProducts = {
  name: "typescript",
  multiply: (queries, stored, k, tile) => {
    const [m, n] = [queries.length / k, stored.length / k];
    const largest = new Float64Array((m * n) / tile).fill(-Infinity);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let c = 0; c < k; c++) sum += queries[i * k + c] * stored[j * k + c];
        const at = Math.floor((i * n + j) / tile);
        if (sum > largest[at]) largest[at] = sum;
      }
    return Promise.resolve(largest);
  },
  release: () => Promise.resolve(),
};
