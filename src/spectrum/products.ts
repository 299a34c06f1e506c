import { loadOnnxRuntime } from "../onnx-runtime/load";
import { gemmModel, type GemmOptions } from "../map/gemm-model";
import { like, type Matrix } from "./matrix";

/** Products of matrices of one precision, freshly allocated. */
export interface Products {
  readonly name: "onnxruntime" | "typescript";
  /** x [p, k] times the transpose of a [q, k]: [p, q]. */
  timesTransposed<T extends Matrix>(x: T, a: T, k: number): Promise<T>;
  /** x [p, q] times a [q, k]: [p, k]. */
  times<T extends Matrix>(x: T, a: T, k: number): Promise<T>;
  release(): Promise<void>;
}

/**
 * The fastest products this installation has: ONNX Runtime's Gemm on one thread, else plain TypeScript. As with
 * map/gemm, not for an extension host or a worker thread.
 */
export async function loadProducts(): Promise<Products> {
  try {
    return await onnxProducts();
  } catch {
    // Not packaged for this platform, or its native library does not load: slower, but the same figures.
    return plainProducts;
  }
}

async function onnxProducts(): Promise<Products> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = (options: GemmOptions) =>
    InferenceSession.create(gemmModel(options), {
      executionProviders: ["cpu"],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  const [single, singleTransposed, double, doubleTransposed] = await Promise.all([
    session({ type: "float32", transposeB: false }),
    session({ type: "float32" }),
    session({ transposeB: false }),
    session({}),
  ]);
  const tensor = (values: Matrix, k: number) =>
    values instanceof Float32Array
      ? new Tensor("float32", values, [values.length / k, k])
      : new Tensor("float64", values, [values.length / k, k]);
  const run = async <T extends Matrix>(transposed: boolean, x: T, a: T, xk: number, ak: number) => {
    const wide = x instanceof Float64Array;
    const own = transposed ? (wide ? doubleTransposed : singleTransposed) : wide ? double : single;
    const { product } = await own.run({ a: tensor(x, xk), b: tensor(a, ak) });
    return product.data as T;
  };
  return {
    name: "onnxruntime",
    timesTransposed: async (x, a, k) => {
      // The second factor is copied, which takes as long as the product where the first one is small.
      if (a.length < 4 * x.length) return run(true, x, a, k, k);
      return transposed(await run(true, a, x, k, k), a.length / k);
    },
    times: (x, a, k) => run(false, x, a, a.length / k, k),
    release: async () => {
      const sessions = [single, singleTransposed, double, doubleTransposed];
      await Promise.all(sessions.map((one) => one.release()));
    },
  };
}

/** The same in TypeScript; sums in float64, rounded to the matrices' precision. */
export const plainProducts: Products = {
  name: "typescript",
  timesTransposed: (x, a, k) => {
    const [p, q] = [x.length / k, a.length / k];
    const product = like(x, p * q);
    for (let i = 0; i < p; i++)
      for (let j = 0; j < q; j++) {
        let sum = 0;
        for (let c = 0; c < k; c++) sum += x[i * k + c] * a[j * k + c];
        product[i * q + j] = sum;
      }
    return Promise.resolve(product);
  },
  times: (x, a, k) => {
    const q = a.length / k;
    const p = x.length / q;
    const product = like(x, p * k);
    const row = new Float64Array(k);
    for (let i = 0; i < p; i++) {
      row.fill(0);
      for (let j = 0; j < q; j++) {
        const factor = x[i * q + j];
        for (let c = 0; c < k; c++) row[c] += factor * a[j * k + c];
      }
      product.set(row, i * k);
    }
    return Promise.resolve(product);
  },
  release: () => Promise.resolve(),
};

/** [rows, columns], to [columns, rows]. */
function transposed<T extends Matrix>(matrix: T, rows: number): T {
  const columns = matrix.length / rows;
  const result = like(matrix, matrix.length);
  if (matrix instanceof Float32Array)
    transposeSingle(matrix, result as Float32Array, rows, columns);
  else transposeDouble(matrix, result as Float64Array, rows, columns);
  return result;
}

// Two functions of one body: each sees arrays of one type, which makes it several times as fast.
function transposeSingle(
  from: Float32Array,
  to: Float32Array,
  rows: number,
  columns: number,
): void {
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) to[j * rows + i] = from[i * columns + j];
}

function transposeDouble(
  from: Float64Array,
  to: Float64Array,
  rows: number,
  columns: number,
): void {
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) to[j * rows + i] = from[i * columns + j];
}
