import { kernelBytes } from "./kernels/kernel-bytes";

/** The kernel of kernels/assembly/index.ts in a memory; arrays are addresses. */
interface Instance {
  readonly memory: WebAssembly.Memory;
  readonly multiply: (matrix: number, vector: number, product: number, length: number) => void;
}

const PAGE = 0x10000;
/** Rows that lie together, as many as the kernel takes at a time. */
const ROWS = 4;
/** Pages of a memory that is kept for the next matrix: there are hundreds of small ones in turn. */
const KEPT_PAGES = 16;

let kept: Instance | null = null;

function instanceOf(bytes: number): Instance {
  if (kept && bytes <= kept.memory.buffer.byteLength) return kept;
  const pages = Math.max(KEPT_PAGES, Math.ceil(bytes / PAGE));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const module = new WebAssembly.Module(Buffer.from(kernelBytes, "base64"));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } }) as {
    exports: Record<string, unknown>;
  };
  const multiply = exports["multiplySymmetric"] as Instance["multiply"];
  const instance = { memory, multiply };
  if (pages === KEPT_PAGES) kept = instance;
  return instance;
}

/**
 * A symmetric matrix that many vectors are multiplied by, until the next one is made. Memory is what takes the time: half
 * of the matrix is kept, in the order in which it is gone through.
 */
export class SymmetricMatrix {
  private readonly instance: Instance;
  private readonly vector: Float64Array;
  private readonly product: Float64Array;
  private readonly matrix: Float64Array;

  /**
   * @param values n x n, row-major, of which the lower half is copied
   * @throws RangeError where half of it takes more than WebAssembly can address, from about 32,000 rows on
   */
  constructor(
    values: Float64Array,
    private readonly n: number,
  ) {
    const length = Math.ceil(n / ROWS) * ROWS;
    const size = (length * (length + ROWS)) / 2;
    this.instance = instanceOf(8 * (2 * length + size));
    const { buffer } = this.instance.memory;
    this.vector = new Float64Array(buffer, 0, length).fill(0);
    this.product = new Float64Array(buffer, 8 * length, length);
    this.matrix = new Float64Array(buffer, 16 * length, size);
    for (let i = 0, at = 0; i < length; at += ROWS * (i + ROWS), i += ROWS)
      this.keep(values, i, at);
  }

  /** @param vector of n numbers */
  times(vector: Float64Array): Float64Array {
    this.vector.set(vector);
    this.instance.multiply(
      this.matrix.byteOffset,
      this.vector.byteOffset,
      this.product.byteOffset,
      this.product.length,
    );
    return this.product.slice(0, this.n);
  }

  /** Copies four rows from `first` on to and with the diagonal's block, which is mirrored; what is behind n is 0. */
  private keep(values: Float64Array, first: number, at: number): void {
    const { n, matrix } = this;
    const width = first + ROWS;
    matrix.fill(0, at, at + ROWS * width);
    const end = Math.min(n, width);
    for (let i = first; i < end; i++, at += width) {
      matrix.set(values.subarray(i * n, i * n + i + 1), at);
      for (let j = i + 1; j < end; j++) matrix[at + j] = values[j * n + i];
    }
  }
}
