import type { Checkpoint, FloatArray, TensorInfo } from "../checkpoint/checkpoint";
import type { Matrix, Products } from "./products";

export interface ChangeSource {
  readonly a: Checkpoint;
  readonly b: Checkpoint;
  readonly pair: { readonly a: TensorInfo; readonly b: TensorInfo };
  readonly rows: number;
  readonly columns: number;
}

/** Rows of a change that are in memory at a time. */
interface RowBlock {
  readonly start: number;
  readonly rows: number;
  /** [rows, columns] of b - a. */
  readonly values: Matrix;
}

/** Elements in a block: 4 MiB of float32. */
const BLOCK = 1 << 20;
/** Elements up to which products are made in float64 even where the files hold no more than float32. */
const SMALL = 1 << 18;

/**
 * The change Δ = b - a of a tensor as a matrix that is only multiplied with: in memory where it fits, else read again
 * for each product, block of rows by block of rows. Vectors lie in rows: those of its shorter side ("short") are mapped
 * to its longer one ("long") and back.
 */
export class ChangeMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly short: number;
  readonly long: number;
  readonly precision: "float32" | "float64";
  private readonly wide: boolean;
  private kept: RowBlock[] | null = null;
  private widened = new Float64Array(0);

  /** @param memoryBytes up to which Δ is kept in memory */
  constructor(
    private readonly source: ChangeSource,
    private readonly products: Products,
    private readonly memoryBytes: number,
  ) {
    const { rows, columns, pair } = source;
    this.rows = rows;
    this.columns = columns;
    this.short = Math.min(rows, columns);
    this.long = Math.max(rows, columns);
    this.wide = pair.a.dtype === "F64" || pair.b.dtype === "F64" || rows * columns <= SMALL;
    this.precision = this.wide ? "float64" : "float32";
  }

  /** x [p, short], to [p, long]. */
  toLong(x: Float64Array, exactly = false): Promise<Float64Array> {
    return this.rows < this.columns
      ? this.throughRows(x, this.rows, exactly)
      : this.throughColumns(x, exactly);
  }

  /** y [p, long], to [p, short]. */
  toShort(y: Float64Array, exactly = false): Promise<Float64Array> {
    return this.rows < this.columns
      ? this.throughColumns(y, exactly)
      : this.throughRows(y, this.rows, exactly);
  }

  /** x [p, columns] times the transpose of Δ: [p, rows]. */
  private async throughColumns(x: Float64Array, exactly: boolean): Promise<Float64Array> {
    const p = x.length / this.columns;
    const result = new Float64Array(p * this.rows);
    const factor = this.factor(x, exactly);
    for await (const { start, rows, values } of this.blocks()) {
      const part = await this.products.timesTransposed(
        factor,
        this.block(values, exactly),
        this.columns,
      );
      for (let i = 0; i < p; i++)
        result.set(part.subarray(i * rows, (i + 1) * rows), i * this.rows + start);
    }
    return result;
  }

  /** x [p, rows] times Δ: [p, columns]. */
  private async throughRows(
    x: Float64Array,
    length: number,
    exactly: boolean,
  ): Promise<Float64Array> {
    const p = x.length / length;
    const result = new Float64Array(p * this.columns);
    for await (const { start, rows, values } of this.blocks()) {
      const piece = new Float64Array(p * rows);
      for (let i = 0; i < p; i++)
        piece.set(x.subarray(i * length + start, i * length + start + rows), i * rows);
      const part = await this.products.times(
        this.factor(piece, exactly),
        this.block(values, exactly),
        this.columns,
      );
      if (part instanceof Float64Array) addDouble(result, part);
      else addSingle(result, part);
    }
    return result;
  }

  /** In the precision of a product. */
  private factor(values: Matrix, exactly: boolean): Matrix {
    if (exactly || this.wide)
      return values instanceof Float64Array ? values : new Float64Array(values);
    return values instanceof Float32Array ? values : new Float32Array(values);
  }

  /** The same of a block, in memory that the next one overwrites. */
  private block(values: Matrix, exactly: boolean): Matrix {
    if (!exactly || values instanceof Float64Array) return this.factor(values, exactly);
    if (this.widened.length < values.length) this.widened = new Float64Array(values.length);
    const wide = this.widened.subarray(0, values.length);
    wide.set(values);
    return wide;
  }

  private async *blocks(): AsyncGenerator<RowBlock> {
    if (this.kept) {
      yield* this.kept;
      return;
    }
    const keep = this.rows * this.columns * (this.wide ? 8 : 4) <= this.memoryBytes;
    const kept: RowBlock[] = [];
    for await (const block of this.read()) {
      if (keep) kept.push(block);
      yield block;
    }
    if (keep) this.kept = kept;
  }

  private async *read(): AsyncGenerator<RowBlock> {
    const { a, b, pair } = this.source;
    const height = Math.max(1, Math.floor(BLOCK / this.columns));
    const make = (length: number): FloatArray =>
      this.wide ? new Float64Array(length) : new Float32Array(length);
    const before = make(Math.min(height, this.rows) * this.columns);
    for (let start = 0; start < this.rows; start += height) {
      const rows = Math.min(height, this.rows - start);
      const values = make(rows * this.columns);
      const old = before.subarray(0, values.length);
      await Promise.all([
        a.readFloats(pair.a, start * this.columns, old),
        b.readFloats(pair.b, start * this.columns, values),
      ]);
      for (let i = 0; i < values.length; i++) values[i] -= old[i];
      yield { start, rows, values };
    }
  }
}

// Two functions of one body: each sees arrays of one type, which makes them several times as fast.
function addDouble(sum: Float64Array, part: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += part[i];
}

function addSingle(sum: Float64Array, part: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += part[i];
}
