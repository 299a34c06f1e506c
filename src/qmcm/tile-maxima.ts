import { loadOnnxRuntime } from "../onnx-runtime/load";
import { attribute, listAttribute, model, node, valueInfo } from "../map/onnx-fields";

/** Stored points laid out as matrices: tiles of so many rows and columns, row-major. */
export interface TileShape {
  readonly rows: number;
  readonly columns: number;
}

/** Largest products with one query in each row of each tile, [m, tiles, rows], and in each column. */
export interface Maxima {
  readonly ofRows: Float32Array;
  /** [m, tiles, columns] */
  readonly ofColumns: Float32Array;
}

/**
 * Scalar products of queries and stored points in float32, of which only maxima are kept: a product as large as some bound
 * is in a row and in a column whose maxima are, and few others are.
 */
export interface TileMaxima {
  readonly name: "onnxruntime" | "typescript";
  /**
   * @param queries [m, k], row-major
   * @param stored [n, k], row-major, n a multiple of a tile's points
   * @returns valid until the next call
   */
  multiply(
    queries: Float32Array,
    stored: Float32Array,
    k: number,
    tile: TileShape,
  ): Promise<Maxima>;
  release(): Promise<void>;
}

/**
 * The fastest this installation has: ONNX Runtime, else plain TypeScript. As with map/gemm, not for an extension host or
 * a worker thread.
 * @param threads for ONNX Runtime
 */
export async function loadTileMaxima(threads: number): Promise<TileMaxima> {
  try {
    return await onnxTileMaxima(threads);
  } catch {
    // Not packaged for this platform, or its native library does not load: slower, but the same distances.
    return plainTileMaxima;
  }
}

/** An ONNX model of Gemm, and of ReduceMax over the product reshaped to [m, tiles, rows, columns]. */
function tileMaximaModel(): Uint8Array {
  const largest = (name: string, axis: number) =>
    node("ReduceMax", ["tiles"], name, listAttribute("axes", [axis]), attribute("keepdims", 0));
  return model(
    "tile-maxima",
    node("Gemm", ["queries", "stored"], "products", attribute("transB", 1)),
    node("Reshape", ["products", "shape"], "tiles"),
    largest("ofRows", 3),
    largest("ofColumns", 2),
    valueInfo(11, "queries", "float32", ["m", "k"]),
    valueInfo(11, "stored", "float32", ["n", "k"]),
    valueInfo(11, "shape", "int64", ["four"]),
    valueInfo(12, "ofRows", "float32", ["m", "t", "r"]),
    valueInfo(12, "ofColumns", "float32", ["m", "t", "c"]),
  );
}

async function onnxTileMaxima(threads: number): Promise<TileMaxima> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(tileMaximaModel(), {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const matrix = (values: Float32Array, k: number) =>
    new Tensor("float32", values, [values.length / k, k]);
  // Memory that is used again: new memory for each block would keep the garbage collector busy.
  const rooms = { ofRows: new Float32Array(0), ofColumns: new Float32Array(0) };
  const room = (name: keyof Maxima, size: number) => {
    if (size > rooms[name].length) rooms[name] = new Float32Array(size);
    return rooms[name].subarray(0, size);
  };
  return {
    name: "onnxruntime",
    multiply: async (queries, stored, k, { rows, columns }) => {
      const m = queries.length / k;
      const tiles = stored.length / k / (rows * columns);
      const ofRows = room("ofRows", m * tiles * rows);
      const ofColumns = room("ofColumns", m * tiles * columns);
      const shape = BigInt64Array.from([m, tiles, rows, columns], BigInt);
      await session.run(
        {
          queries: matrix(queries, k),
          stored: matrix(stored, k),
          shape: new Tensor("int64", shape, [4]),
        },
        {
          ofRows: new Tensor("float32", ofRows, [m, tiles, rows]),
          ofColumns: new Tensor("float32", ofColumns, [m, tiles, columns]),
        },
      );
      return { ofRows, ofColumns };
    },
    release: () => session.release(),
  };
}

export const plainTileMaxima: TileMaxima = {
  name: "typescript",
  multiply: (queries, stored, k, { rows, columns }) => {
    const [m, n] = [queries.length / k, stored.length / k];
    const ofRows = new Float32Array((m * n) / columns).fill(-Infinity);
    const ofColumns = new Float32Array((m * n) / rows).fill(-Infinity);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let c = 0; c < k; c++) sum += queries[i * k + c] * stored[j * k + c];
        const row = Math.floor((i * n + j) / columns);
        const column = Math.floor(row / rows) * columns + (j % columns);
        ofRows[row] = Math.max(ofRows[row], sum);
        ofColumns[column] = Math.max(ofColumns[column], sum);
      }
    return Promise.resolve({ ofRows, ofColumns });
  },
  release: () => Promise.resolve(),
};
