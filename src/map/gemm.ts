import { loadOnnxRuntime } from "../onnx-runtime/load";
import { sessionOptions } from "../onnx-runtime/session-options";
import { sumOfProducts, sumOfProductsModel, type SumOfProducts } from "./float32-products";
import { gemmModel } from "./gemm-model";

/**
 * Product of a matrix and a transpose, float64, row-major: `a` [m, k] times the transpose of `b` [n, k] gives
 * [m, n], valid until the next call. The row length k says both sizes.
 */
export type MultiplyTransposed = (
  a: Float64Array,
  b: Float64Array,
  k: number,
) => Promise<Float64Array>;

export interface Multiplier {
  readonly name: "onnxruntime" | "typescript";
  readonly multiply: MultiplyTransposed;
  /** Where it is much faster than float64. */
  readonly float32?: SumOfProducts;
  release(): Promise<void>;
}

/**
 * The fastest product this installation has: ONNX Runtime's Gemm, else plain TypeScript. ONNX Runtime is native
 * and loaded here, on first use: call this in a process that may crash alone, not in an extension host, and not in
 * a worker thread, where its binding is unsafe.
 * @param threads for ONNX Runtime
 */
export async function loadMultiplier(threads = 1): Promise<Multiplier> {
  try {
    return await onnxMultiplier(threads);
  } catch {
    // Not packaged for this platform, or its native library does not load: slower, but the same figures.
    return plainMultiplier;
  }
}

async function onnxMultiplier(threads: number): Promise<Multiplier> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const [session, narrow] = await Promise.all(
    [gemmModel(), sumOfProductsModel()].map((bytes) =>
      InferenceSession.create(bytes, sessionOptions(threads)),
    ),
  );
  const matrix = (values: Float64Array, k: number) =>
    new Tensor("float64", values, [values.length / k, k]);
  let room = new Float64Array(0);
  return {
    name: "onnxruntime",
    multiply: async (a, b, k) => {
      const n = b.length / k;
      const size = (a.length / k) * n;
      // Memory that is used again: products of their own would pile up until the garbage collector comes.
      if (size > room.length) room = new Float64Array(size);
      const product = room.subarray(0, size);
      await session.run({ a: matrix(a, k), b: matrix(b, k) }, { product: matrix(product, n) });
      return product;
    },
    float32: sumOfProducts(narrow, Tensor),
    release: async () => {
      await session.release();
      await narrow.release();
    },
  };
}

/** The same in TypeScript, in tiles of 2 x 2 so that a value read serves two products. */
export const plainMultiplier: Multiplier = {
  name: "typescript",
  multiply: (a, b, k) => Promise.resolve(multiplyTransposed(a, b, k)),
  release: () => Promise.resolve(),
};

function multiplyTransposed(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const m = a.length / k;
  const n = b.length / k;
  const product = new Float64Array(m * n);
  // Columns in pieces, so that the rows of a tile stay in the processor's first cache.
  const piece = 512;
  for (let start = 0; start < k; start += piece) {
    const end = Math.min(start + piece, k);
    for (let i = 0; i < m; i += 2)
      for (let j = 0; j < n; j += 2) addTile(product, a, b, k, n, i, j, start, end, m);
  }
  return product;
}

/** Adds the products of rows i, i + 1 of a and j, j + 1 of b over columns start to end; an absent second row is the first. */
function addTile(
  product: Float64Array,
  a: Float64Array,
  b: Float64Array,
  k: number,
  n: number,
  i: number,
  j: number,
  start: number,
  end: number,
  m: number,
): void {
  const a0 = i * k;
  const a1 = i + 1 < m ? a0 + k : a0;
  const b0 = j * k;
  const b1 = j + 1 < n ? b0 + k : b0;
  let p00 = 0;
  let p01 = 0;
  let p10 = 0;
  let p11 = 0;
  for (let c = start; c < end; c++) {
    const x0 = a[a0 + c];
    const x1 = a[a1 + c];
    const y0 = b[b0 + c];
    const y1 = b[b1 + c];
    p00 += x0 * y0;
    p01 += x0 * y1;
    p10 += x1 * y0;
    p11 += x1 * y1;
  }
  product[i * n + j] += p00;
  if (b1 !== b0) product[i * n + j + 1] += p01;
  if (a1 === a0) return;
  product[(i + 1) * n + j] += p10;
  if (b1 !== b0) product[(i + 1) * n + j + 1] += p11;
}
