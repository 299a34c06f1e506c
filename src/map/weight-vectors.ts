import type { Checkpoint, FloatArray, TensorInfo } from "../checkpoint/checkpoint";
import { isFloat } from "../checkpoint/dtype";
import { CheckpointError } from "../checkpoint/error";
import { pairNames } from "../distance/pair-names";
import { sideBySide } from "./side-by-side";

/** States that are to be set against one another do not have the same weights, by name and shape. */
export class UnlikeStatesError extends CheckpointError {}

/**
 * The weights of several checkpoints of one model, float tensors, each checkpoint as one long vector. Batch norm's moving
 * averages are no weights.
 */
export class WeightVectors {
  /** Length of each vector. */
  readonly parameters: number;
  /** Of each state its tensors in the order of the first's. */
  private readonly tensors: readonly (readonly TensorInfo[])[];

  /**
   * @param states one or more, each with the weights of the first, by shape and name; prefixes before all of them that
   *   wrappers give do not count (see pairNames)
   * @throws UnlikeStatesError naming the first state that differs; RangeError without states
   */
  constructor(private readonly states: readonly Checkpoint[]) {
    if (states.length === 0) throw new RangeError("WeightVectors: no states");
    const layout = weightTensors(states[0]);
    this.parameters = layout.reduce((sum, { parameters }) => sum + parameters, 0);
    this.tensors = states.map((state) => {
      const tensors = inOrderOf(layout, state);
      if (typeof tensors === "string")
        throw new UnlikeStatesError(state.path, `${tensors}, unlike in ${states[0].path}`);
      return tensors;
    });
  }

  get count(): number {
    return this.states.length;
  }

  /** Whether a state holds float64, which float32 would round. */
  get wide(): boolean {
    return this.tensors.some((tensors) => tensors.some(({ dtype }) => dtype === "F64"));
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
    await sideBySide(this.count, async (row) => {
      const values = block.subarray(row * width, (row + 1) * width);
      await this.readRow(row, start, values);
      this.requireFinite(row, values);
    });
  }

  /**
   * Reads parameters from `start` on of one state, as many as `into` holds, which may be infinite or not a number: see
   * requireFinite.
   * @throws CheckpointError where its file cannot be read
   */
  async readRow(row: number, start: number, into: FloatArray): Promise<void> {
    const state = this.states[row];
    const end = start + into.length;
    let tensorStart = 0;
    for (const tensor of this.tensors[row]) {
      const from = Math.max(start, tensorStart);
      const to = Math.min(end, tensorStart + tensor.parameters);
      if (from < to)
        await state.readFloats(tensor, from - tensorStart, into.subarray(from - start, to - start));
      tensorStart += tensor.parameters;
    }
  }

  /**
   * One other value would spread through the centring into every distance.
   * @throws CheckpointError where some of a state's values are infinite or not a number
   */
  requireFinite(row: number, values: FloatArray): void {
    if (!allFinite(values))
      throw new CheckpointError(
        this.states[row].path,
        "holds weights that are infinite or not a number",
      );
  }
}

function weightTensors(checkpoint: Checkpoint): TensorInfo[] {
  return checkpoint.tensors.filter(({ role, dtype }) => role === "weight" && isFloat(dtype));
}

/** A state's weights in the order of these, or how they differ from them. */
function inOrderOf(
  layout: readonly TensorInfo[],
  state: Checkpoint,
): readonly TensorInfo[] | string {
  const own = weightTensors(state);
  const partners = partnersOf(layout, own);
  const tensors: TensorInfo[] = [];
  for (const wanted of layout) {
    const found = partners.get(wanted);
    if (!found) return `has no float tensor ${wanted.name}`;
    if (found.shape.join() !== wanted.shape.join())
      return `has tensor ${found.name} of shape [${found.shape.join(", ")}], not [${wanted.shape.join(", ")}]`;
    tensors.push(found);
  }
  return own.length === layout.length ? tensors : "has more float tensors";
}

/** By name; the usual case, where all names are equal and in one order, takes no search. */
function partnersOf(
  layout: readonly TensorInfo[],
  own: readonly TensorInfo[],
): ReadonlyMap<TensorInfo, TensorInfo> {
  const alike = own.length === layout.length && own.every(({ name }, i) => name === layout[i].name);
  return alike
    ? new Map(layout.map((tensor, i) => [tensor, own[i]]))
    : new Map(pairNames(layout, own, false).pairs.map(({ a, b }) => [a, b]));
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
