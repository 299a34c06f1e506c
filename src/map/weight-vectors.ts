import type { Checkpoint, FloatArray, TensorInfo } from "../checkpoint/checkpoint";
import { isFloat } from "../checkpoint/dtype";
import { CheckpointError } from "../checkpoint/error";

/** States read at the same time: enough to keep a disk busy. */
const CONCURRENT = 4;

/** States that are to be set against one another do not have the same weights, by name and shape. */
export class UnlikeStatesError extends CheckpointError {}

/**
 * The weights of several checkpoints of one model, float tensors, each checkpoint as one long vector. Batch norm's moving
 * averages are no weights.
 */
export class WeightVectors {
  /** Length of each vector. */
  readonly parameters: number;
  private readonly layout: readonly TensorInfo[];

  /**
   * @param states one or more, each with the weights of the first, by name and shape
   * @throws UnlikeStatesError naming the first state that differs; RangeError without states
   */
  constructor(private readonly states: readonly Checkpoint[]) {
    if (states.length === 0) throw new RangeError("WeightVectors: no states");
    this.layout = weightTensors(states[0]);
    this.parameters = this.layout.reduce((sum, { parameters }) => sum + parameters, 0);
    for (const state of states) {
      const difference = firstDifference(this.layout, state);
      if (difference !== null)
        throw new UnlikeStatesError(state.path, `${difference}, unlike in ${states[0].path}`);
    }
  }

  get count(): number {
    return this.states.length;
  }

  /** Whether a state holds float64, which float32 would round. */
  get wide(): boolean {
    return this.states.some((state) => weightTensors(state).some(({ dtype }) => dtype === "F64"));
  }

  /** The same for some of the states, by index. */
  select(indices: readonly number[]): WeightVectors {
    return new WeightVectors(indices.map((index) => this.states[index]));
  }

  /**
   * Reads parameters `start` to `start + width` of all states into the rows of `block`, the beginning of which is
   * [count, width] then.
   * @throws CheckpointError where a file cannot be read or holds a value that is not finite
   */
  async readBlock(start: number, width: number, block: FloatArray): Promise<void> {
    await this.eachRow(() => async (row) => {
      await this.readRow(row, start, block.subarray(row * width, (row + 1) * width));
    });
  }

  /**
   * The same in memory for a few states at a time.
   * @param use is called for each state, in any order; the values are valid until it returns
   * @throws as readBlock
   */
  async readRows(
    start: number,
    width: number,
    use: (row: number, values: FloatArray) => void,
  ): Promise<void> {
    const { wide } = this;
    await this.eachRow(() => {
      const values = new (wide ? Float64Array : Float32Array)(width);
      return async (row) => {
        await this.readRow(row, start, values);
        use(row, values);
      };
    });
  }

  /** Goes through the states, several at a time, each time with what `reader` gave. */
  private async eachRow(reader: () => (row: number) => Promise<void>): Promise<void> {
    let next = 0;
    const readers = Array.from({ length: Math.min(CONCURRENT, this.count) }, async () => {
      const read = reader();
      while (next < this.count) await read(next++);
    });
    await Promise.all(readers);
  }

  private async readRow(row: number, start: number, into: FloatArray): Promise<void> {
    const state = this.states[row];
    const end = start + into.length;
    let tensorStart = 0;
    for (const { name, parameters } of this.layout) {
      const from = Math.max(start, tensorStart);
      const to = Math.min(end, tensorStart + parameters);
      if (from < to)
        await state.readFloats(
          state.tensor(name)!,
          from - tensorStart,
          into.subarray(from - start, to - start),
        );
      tensorStart += parameters;
    }
    // One such value would spread through the centring into every distance.
    if (!allFinite(into))
      throw new CheckpointError(state.path, "holds weights that are infinite or not a number");
  }
}

function weightTensors(checkpoint: Checkpoint): TensorInfo[] {
  return checkpoint.tensors.filter(({ role, dtype }) => role === "weight" && isFloat(dtype));
}

function firstDifference(layout: readonly TensorInfo[], state: Checkpoint): string | null {
  for (const { name, shape } of layout) {
    const found = state.tensor(name);
    if (!found || !isFloat(found.dtype)) return `has no float tensor ${name}`;
    if (found.shape.join() !== shape.join())
      return `has tensor ${name} of shape [${found.shape.join(", ")}], not [${shape.join(", ")}]`;
  }
  return weightTensors(state).length === layout.length ? null : "has more float tensors";
}

function allFinite(values: FloatArray): boolean {
  // A sum of products with 0 is NaN as soon as one value is not finite, and needs no branch for each.
  // Several side by side, for each addition waits for the one before.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < values.length; i += 4) {
    s0 += 0 * values[i];
    s1 += 0 * values[i + 1];
    s2 += 0 * values[i + 2];
    s3 += 0 * values[i + 3];
  }
  for (; i < values.length; i++) s0 += 0 * values[i];
  return s0 + s1 + s2 + s3 === 0;
}
