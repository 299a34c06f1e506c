import type { FloatArray } from "../checkpoint/checkpoint";
import type { SumOfProducts } from "./float32-products";
import { WEIGHT_BYTES, type GramOptions } from "./gram";
import type { WeightVectors } from "./weight-vectors";

/** Rows multiplied at a time at most: of two panels only one product is computed. */
const PANEL = 256;
/** Parameters whose products are summed in float32; longer sums are float64. */
const SLICE = 2048;
/**
 * Added and taken away again, 1.5 * 2^-8 leaves multiples of 2^-60, whose products are float32's normal numbers: with
 * others a processor takes a hundred times as long. Where weights are so small the error shows it.
 */
const COARSE = 1.5 * 2 ** -8;
/** States at most whose mean is the origin: any point near the middle of all is as good. */
const AVERAGED = 32;

export interface Float32Gram {
  /** n x n, row-major: squared norms in float64 on the diagonal, scalar products below it, nothing above. */
  readonly gram: Float64Array;
  /** Largest error that a row's product with itself had, as a share of its squared norm. */
  readonly error: number;
}

/**
 * Gram matrix of weight vectors about the mean of some of them, by products in float32. Differences from that mean are
 * exact in float64 until they are rounded once. A product's error is at most (2048 + 3) 2^-24 of the product of the two
 * norms (Higham, Accuracy and Stability, section 3.1), which rounding that goes both ways never comes near; so it is
 * measured: each row's product with itself, where all terms have one sign and partial sums are largest, is compared with
 * the float64 sum.
 * @param multiply of ONNX Runtime, which sums in the same order on any number of threads
 * @throws as gramMatrix
 */
export async function float32Gram(
  vectors: WeightVectors,
  multiply: SumOfProducts,
  { memoryBytes = WEIGHT_BYTES, signal, onProgress }: Omit<GramOptions, "multiplier">,
): Promise<Float32Gram> {
  const { count: n, parameters } = vectors;
  const gram = new Float64Array(n * n);
  const squares = new Float64Array(n);
  const panels = panelsOf(n);
  const room = Math.max(1, Math.floor(memoryBytes / 4 / n));
  const stretch = room < SLICE ? room : room - (room % SLICE);
  const block = new Float32Array(n * Math.min(stretch, SLICE * Math.ceil(parameters / SLICE)));
  for (let start = 0; start < parameters; start += stretch) {
    signal?.throwIfAborted();
    const columns = Math.min(stretch, parameters - start);
    const slices = Math.ceil(columns / SLICE);
    const k = Math.ceil(columns / slices);
    const origin = await meanOfSome(vectors, start, columns);
    const part = ({ from, rows }: Panel) =>
      block.subarray(from * slices * k, (from + rows) * slices * k);
    await vectors.readRows(start, columns, (row, values) => {
      const panel = panels[Math.floor(row / panels[0].rows)];
      squares[row] += place(values, origin, part(panel), row - panel.from, panel.rows, k);
    });
    for (const [i, left] of panels.entries()) {
      signal?.throwIfAborted();
      for (const right of panels.slice(0, i + 1))
        addPanel(gram, n, left, right, await multiply(part(left), part(right), slices, k));
      onProgress?.((start + (columns * (i + 1)) / panels.length) / parameters);
    }
  }
  let error = 0;
  for (let i = 0; i < n; i++) {
    if (squares[i] > 0) error = Math.max(error, Math.abs(gram[i * n + i] / squares[i] - 1));
    gram[i * n + i] = squares[i];
  }
  return { gram, error };
}

/** Neighbouring rows. */
interface Panel {
  readonly from: number;
  readonly rows: number;
}

/** As few as there must be, of one size but for the last. */
function panelsOf(n: number): Panel[] {
  const rows = Math.ceil(n / Math.ceil(n / PANEL));
  return Array.from({ length: Math.ceil(n / rows) }, (_, i) => {
    return { from: i * rows, rows: Math.min(rows, n - i * rows) };
  });
}

async function meanOfSome(
  vectors: WeightVectors,
  start: number,
  columns: number,
): Promise<Float64Array> {
  const mean = new Float64Array(columns);
  const averaged = Math.min(AVERAGED, vectors.count);
  const rows = Array.from({ length: averaged }, (_, i) =>
    Math.floor((i * vectors.count) / averaged),
  );
  for (const row of rows)
    await vectors.select([row]).readRows(start, columns, (_, values) => {
      for (let c = 0; c < columns; c++) mean[c] += values[c];
    });
  for (let c = 0; c < columns; c++) mean[c] /= averaged;
  return mean;
}

/**
 * Writes a row less the origin into a panel, [slices, rows, k], the end of the last slice filled with zeros.
 * @returns the squared norm of what was not yet rounded
 */
function place(
  values: FloatArray,
  origin: Float64Array,
  panel: Float32Array,
  row: number,
  rows: number,
  k: number,
): number {
  let square = 0;
  for (let start = 0, at = row * k; start < values.length; start += k, at += rows * k) {
    const length = Math.min(k, values.length - start);
    let even = 0;
    let odd = 0;
    let c = 0;
    for (; c + 1 < length; c += 2) {
      const x = values[start + c] - origin[start + c];
      const y = values[start + c + 1] - origin[start + c + 1];
      panel[at + c] = x + COARSE - COARSE;
      panel[at + c + 1] = y + COARSE - COARSE;
      even += x * x;
      odd += y * y;
    }
    if (c < length) {
      const x = values[start + c] - origin[start + c];
      panel[at + c] = x + COARSE - COARSE;
      even += x * x;
    }
    panel.fill(0, at + length, at + k);
    square += even + odd;
  }
  return square;
}

function addPanel(
  gram: Float64Array,
  n: number,
  left: Panel,
  right: Panel,
  products: Float64Array,
): void {
  for (let i = 0; i < left.rows; i++) {
    const row = (left.from + i) * n + right.from;
    const from = i * right.rows;
    for (let j = 0; j < right.rows; j++) gram[row + j] += products[from + j];
  }
}
