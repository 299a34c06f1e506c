import type { Rectangle, ValuesBlock } from "../../../src/protocol/checkpoint-editor";

const BLOCK_ROWS = 64;
const BLOCK_COLUMNS = 32;
/** About 8 MB of values. */
const MOST_BLOCKS = 512;

interface Block {
  readonly columns: number;
  values: ValuesBlock["values"] | null;
  readonly controller: AbortController;
}

/** The values of a plane, read by blocks as they come into sight; the least lately seen are forgotten. */
export class BlockCache {
  private readonly blocks = new Map<string, Block>();

  constructor(
    private readonly rows: number,
    private readonly columns: number,
    private readonly read: (rectangle: Rectangle, signal: AbortSignal) => Promise<ValuesBlock>,
    private readonly arrived: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Asks for the blocks of a rectangle, and cancels what is asked for elsewhere. */
  want({ row, column, rows, columns }: Rectangle): void {
    const wanted = new Set<string>();
    const last = (from: number, count: number, size: number): number =>
      Math.floor((from + count - 1) / size);
    for (let y = Math.floor(row / BLOCK_ROWS); y <= last(row, rows, BLOCK_ROWS); y++)
      for (
        let x = Math.floor(column / BLOCK_COLUMNS);
        x <= last(column, columns, BLOCK_COLUMNS);
        x++
      ) {
        wanted.add(`${y},${x}`);
        this.touch(y, x);
      }
    for (const [key, block] of this.blocks)
      if (block.values === null && !wanted.has(key)) {
        block.controller.abort();
        this.blocks.delete(key);
      }
    for (const key of this.blocks.keys()) {
      if (this.blocks.size <= MOST_BLOCKS) break;
      this.blocks.delete(key);
    }
  }

  /** A value that has arrived; undefined until then. */
  value(row: number, column: number): number | bigint | undefined {
    const key = `${Math.floor(row / BLOCK_ROWS)},${Math.floor(column / BLOCK_COLUMNS)}`;
    const block = this.blocks.get(key);
    return block?.values?.[(row % BLOCK_ROWS) * block.columns + (column % BLOCK_COLUMNS)];
  }

  /** Cancels all that is being read. */
  stop(): void {
    for (const { controller } of this.blocks.values()) controller.abort();
    this.blocks.clear();
  }

  private touch(y: number, x: number): void {
    const key = `${y},${x}`;
    const known = this.blocks.get(key);
    if (known) {
      // The latest seen stands last.
      this.blocks.delete(key);
      this.blocks.set(key, known);
      return;
    }
    const [row, column] = [y * BLOCK_ROWS, x * BLOCK_COLUMNS];
    const rectangle = {
      row,
      column,
      rows: Math.min(BLOCK_ROWS, this.rows - row),
      columns: Math.min(BLOCK_COLUMNS, this.columns - column),
    };
    const controller = new AbortController();
    const block: Block = { columns: rectangle.columns, values: null, controller };
    this.blocks.set(key, block);
    this.read(rectangle, controller.signal).then(
      ({ values }) => {
        block.values = values;
        this.arrived();
      },
      (error: unknown) => {
        if (this.blocks.get(key) === block) this.blocks.delete(key);
        if (!controller.signal.aborted) this.failed(error);
      },
    );
  }
}
