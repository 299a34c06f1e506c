import type { SumOfProducts } from "./float32-products";
import { WEIGHT_BYTES, type GramOptions } from "./gram";
import { sideBySide } from "./side-by-side";
import { StretchMemory, type Panel } from "./stretch-memory";
import type { WeightVectors } from "./weight-vectors";

/** Rows multiplied at a time at most: of two panels only one product is computed. */
const PANEL = 256;
/** Parameters whose products are summed in float32; longer sums are float64. */
const SLICE = 2048;
/**
 * Rows that are read together, and such groups at a time: one is placed while the other is being read. The threads that
 * read would fall asleep after each row alone, and waking them takes as long as reading.
 */
const GROUP = 16;
const GROUPS = 2;
/** What WebAssembly can address, and room beside. */
const MOST_BYTES = 2 ** 31;
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
  const { count: n, parameters, wide } = vectors;
  const gram = new Float64Array(n * n);
  const squares = new Float64Array(n);
  const panels = panelsOf(n);
  const readers = GROUPS * GROUP;
  const columnBytes = 4 * n + (wide ? 8 : 4) * readers + 8;
  const room = Math.max(1, Math.floor(Math.min(memoryBytes, MOST_BYTES) / columnBytes));
  // As few stretches as fit, of one size, whose slices are of one size.
  const stretch = Math.ceil(parameters / Math.ceil(parameters / room));
  const columns = stretch + Math.ceil(stretch / SLICE);
  const memory = new StretchMemory({ rows: n, columns, readers, wide });
  for (let start = 0; start < parameters; start += stretch) {
    signal?.throwIfAborted();
    const columns = Math.min(stretch, parameters - start);
    const slices = Math.ceil(columns / SLICE);
    const k = Math.ceil(columns / slices);
    memory.origin.set(await meanOfSome(vectors, start, columns));
    await sideBySide(
      Math.ceil(n / GROUP),
      async (group, place) => {
        const from = group * GROUP;
        const rows = Math.min(GROUP, n - from);
        const values = memory.read
          .slice(place * GROUP, place * GROUP + rows)
          .map((row) => row.subarray(0, columns));
        await sideBySide(rows, (i) => vectors.readRow(from + i, start, values[i]), GROUP);
        for (const [i, row] of values.entries()) {
          const square = memory.place(row, from + i, panels[Math.floor((from + i) / PANEL)], k);
          if (!Number.isFinite(square)) vectors.requireFinite(from + i, row);
          squares[from + i] += square;
        }
      },
      GROUPS,
    );
    const part = (panel: Panel) => memory.panel(panel, slices, k);
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

function panelsOf(n: number): Panel[] {
  return Array.from({ length: Math.ceil(n / PANEL) }, (_, i) => {
    return { from: i * PANEL, rows: Math.min(PANEL, n - i * PANEL) };
  });
}

async function meanOfSome(
  vectors: WeightVectors,
  start: number,
  columns: number,
): Promise<Float64Array> {
  const { count, wide } = vectors;
  const averaged = Math.min(AVERAGED, count);
  const rows = Array.from({ length: averaged }, (_, i) => Math.floor((i * count) / averaged));
  const block = new (wide ? Float64Array : Float32Array)(averaged * columns);
  await vectors.select(rows).readBlock(start, columns, block);
  const mean = new Float64Array(columns);
  for (let i = 0; i < averaged; i++)
    for (let c = 0; c < columns; c++) mean[c] += block[i * columns + c];
  for (let c = 0; c < columns; c++) mean[c] /= averaged;
  return mean;
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
