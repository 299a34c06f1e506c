import { loadOnnxRuntime } from "../onnx-runtime/load";
import { attribute, listAttribute, model, node, valueInfo } from "../map/onnx-fields";

/** Stored points whose largest product with a query is taken together. */
export const CHUNK = 50;

export interface ChunkProducts {
  /** [m, n] */
  readonly products: Float32Array;
  /** [m, n / CHUNK] */
  readonly maxima: Float32Array;
}

/** Scalar products of queries and stored points in float32, and the largest of each CHUNK of them. */
export interface ChunkMaxima {
  readonly name: "onnxruntime" | "typescript";
  /**
   * @param queries [m, k], row-major
   * @param stored [n, k], row-major, n a multiple of CHUNK
   * @returns valid until the next call
   */
  multiply(queries: Float32Array, stored: Float32Array, k: number): Promise<ChunkProducts>;
  release(): Promise<void>;
}

/**
 * The fastest this installation has: ONNX Runtime, else plain TypeScript. As with map/gemm, not for an extension host or
 * a worker thread.
 * @param threads for ONNX Runtime
 */
export async function loadChunkMaxima(threads: number): Promise<ChunkMaxima> {
  try {
    return await onnxChunkMaxima(threads);
  } catch {
    // Not packaged for this platform, or its native library does not load: slower, but the same distances.
    return plainChunkMaxima;
  }
}

/** An ONNX model of Gemm, and of ReduceMax over the product reshaped to [m, n / CHUNK, CHUNK]. */
function chunkMaximaModel(): Uint8Array {
  return model(
    "chunk-maxima",
    node("Gemm", ["queries", "stored"], "products", attribute("transB", 1)),
    node("Reshape", ["products", "shape"], "chunks"),
    node("ReduceMax", ["chunks"], "maxima", listAttribute("axes", [2]), attribute("keepdims", 0)),
    valueInfo(11, "queries", "float32", ["m", "k"]),
    valueInfo(11, "stored", "float32", ["n", "k"]),
    valueInfo(11, "shape", "int64", ["three"]),
    valueInfo(12, "products", "float32", ["m", "n"]),
    valueInfo(12, "maxima", "float32", ["m", "c"]),
  );
}

async function onnxChunkMaxima(threads: number): Promise<ChunkMaxima> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(chunkMaximaModel(), {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  // 0: as many rows as there are; -1: as many chunks as come of it.
  const shape = new Tensor("int64", BigInt64Array.of(0n, -1n, BigInt(CHUNK)), [3]);
  const matrix = (values: Float32Array, k: number) =>
    new Tensor("float32", values, [values.length / k, k]);
  let room = { products: new Float32Array(0), maxima: new Float32Array(0) };
  return {
    name: "onnxruntime",
    multiply: async (queries, stored, k) => {
      const n = stored.length / k;
      const size = (queries.length / k) * n;
      // Memory that is used again: new memory for each product would keep the garbage collector busy.
      if (size > room.products.length)
        room = { products: new Float32Array(size), maxima: new Float32Array(size / CHUNK) };
      const products = room.products.subarray(0, size);
      const maxima = room.maxima.subarray(0, size / CHUNK);
      await session.run(
        { queries: matrix(queries, k), stored: matrix(stored, k), shape },
        { products: matrix(products, n), maxima: matrix(maxima, n / CHUNK) },
      );
      return { products, maxima };
    },
    release: () => session.release(),
  };
}

export const plainChunkMaxima: ChunkMaxima = {
  name: "typescript",
  multiply: (queries, stored, k) => {
    const [m, n] = [queries.length / k, stored.length / k];
    const products = new Float32Array(m * n);
    const maxima = new Float32Array(products.length / CHUNK).fill(-Infinity);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let c = 0; c < k; c++) sum += queries[i * k + c] * stored[j * k + c];
        const at = i * n + j;
        products[at] = sum;
        const chunk = Math.floor(at / CHUNK);
        maxima[chunk] = Math.max(maxima[chunk], products[at]);
      }
    return Promise.resolve({ products, maxima });
  },
  release: () => Promise.resolve(),
};
