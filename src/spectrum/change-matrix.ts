import type { Checkpoint, TensorInfo } from "../checkpoint/checkpoint";
import { like, subtract, widened, type Matrix } from "./matrix";
import type { Products } from "./products";
import { keepScratch, takeScratch } from "./scratch";

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

/** Elements read at a time. */
const READ = 1 << 18;
/** Elements of a block of a change that is not kept: 4 MiB of float32. */
const BLOCK = 1 << 20;
/** Elements up to which products are made in float64 even where the files hold no more than float32. */
const SMALL = 1 << 18;

/**
 * The change Δ = b - a of a tensor as a matrix that is only multiplied with: in memory where it fits, else read again
 * for each product, block of rows by block of rows. Vectors lie in rows: those of its shorter side ("short") are mapped
 * to its longer one ("long") and back, in its own precision unless asked for exactly: then in float64.
 */
export class ChangeMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly short: number;
  readonly long: number;
  readonly precision: "float32" | "float64";
  private readonly model: Matrix;
  private kept: Matrix | null = null;

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
    const wide = pair.a.dtype === "F64" || pair.b.dtype === "F64" || rows * columns <= SMALL;
    this.precision = wide ? "float64" : "float32";
    this.model = wide ? new Float64Array(0) : new Float32Array(0);
  }

  /** x [p, short], to [p, long]. */
  toLong(x: Matrix, exactly = false): Promise<Matrix> {
    return this.rows < this.columns
      ? this.throughRows(x, exactly)
      : this.throughColumns(x, exactly);
  }

  /** y [p, long], to [p, short]. */
  toShort(y: Matrix, exactly = false): Promise<Matrix> {
    return this.rows < this.columns
      ? this.throughColumns(y, exactly)
      : this.throughRows(y, exactly);
  }

  /** In the precision that products have. */
  narrowed(values: Matrix): Matrix {
    return like(this.model, values);
  }

  /** x [p, columns] times the transpose of Δ: [p, rows]. */
  private async throughColumns(x: Matrix, exactly: boolean): Promise<Matrix> {
    const p = x.length / this.columns;
    const factor = exactly ? widened(x) : this.narrowed(x);
    let result: Matrix | null = null;
    for await (const { start, rows, values } of this.blocks(exactly)) {
      const part = await this.products.timesTransposed(factor, values, this.columns);
      if (rows === this.rows) return part;
      result ??= like(part, p * this.rows);
      for (let i = 0; i < p; i++)
        result.set(part.subarray(i * rows, (i + 1) * rows), i * this.rows + start);
    }
    return result ?? factor.subarray(0, 0);
  }

  /** x [p, rows] times Δ: [p, columns]. */
  private async throughRows(x: Matrix, exactly: boolean): Promise<Matrix> {
    const p = x.length / this.rows;
    const factor = exactly ? widened(x) : this.narrowed(x);
    const sum = new Float64Array(p * this.columns);
    for await (const { start, rows, values } of this.blocks(exactly)) {
      if (rows === this.rows) return this.products.times(factor, values, this.columns);
      const piece = like(factor, p * rows);
      for (let i = 0; i < p; i++)
        piece.set(factor.subarray(i * this.rows + start, i * this.rows + start + rows), i * rows);
      const part = widened(await this.products.times(piece, values, this.columns));
      for (let i = 0; i < sum.length; i++) sum[i] += part[i];
    }
    return like(factor, sum);
  }

  private async *blocks(exactly: boolean): AsyncGenerator<RowBlock> {
    const own = this.ownBlocks();
    if (!exactly || this.precision === "float64") {
      yield* own;
      return;
    }
    const { columns } = this;
    const height = Math.max(1, Math.floor(READ / columns));
    const wide = new Float64Array(Math.min(height, this.rows) * columns);
    for await (const { start, rows, values } of own)
      for (let done = 0; done < rows; done += height) {
        const count = Math.min(height, rows - done);
        const part = wide.subarray(0, count * columns);
        part.set(values.subarray(done * columns, (done + count) * columns));
        yield { start: start + done, rows: count, values: part };
      }
  }

  private async *ownBlocks(): AsyncGenerator<RowBlock> {
    const { rows, columns, model } = this;
    const keep = rows * columns * (this.precision === "float64" ? 8 : 4) <= this.memoryBytes;
    if (keep) {
      this.kept ??= await this.read(0, this.scratch(rows * columns));
      yield { start: 0, rows, values: this.kept };
      return;
    }
    const height = Math.max(1, Math.floor(BLOCK / columns));
    const values = like(model, Math.min(height, rows) * columns);
    for (let start = 0; start < rows; start += height) {
      const count = Math.min(height, rows - start);
      const block = values.subarray(0, count * columns);
      yield { start, rows: count, values: await this.read(start, block) };
    }
  }

  /** Gives memory back: no products after that. */
  release(): void {
    if (this.kept) keepScratch(this.kept.buffer as ArrayBuffer);
    this.kept = null;
  }

  private scratch(length: number): Matrix {
    const wide = this.precision === "float64";
    const buffer = takeScratch(length * (wide ? 8 : 4));
    return wide ? new Float64Array(buffer, 0, length) : new Float32Array(buffer, 0, length);
  }

  /** Fills a block with Δ from row `start` on. */
  private async read(start: number, block: Matrix): Promise<Matrix> {
    const { a, b, pair } = this.source;
    const before = like(block, Math.min(READ, block.length));
    for (let done = 0; done < block.length; done += READ) {
      const part = block.subarray(done, done + READ);
      const old = before.subarray(0, part.length);
      await a.readFloats(pair.a, start * this.columns + done, old);
      await b.readFloats(pair.b, start * this.columns + done, part);
      subtract(part, old);
    }
    return block;
  }
}
