import type {
  Checkpoint,
  FloatArray,
  NumberArray,
  RawRange,
  TensorInfo,
  UnreadableTensor,
} from "./checkpoint";
import type { StoredChecksum } from "./checksum";
import { decodeFloats, decodeIntegers } from "./decode";
import { dequantise } from "./dequantise";
import {
  blockOf,
  elementBytes,
  isFloat,
  isInteger,
  isQuantised,
  type QuantisedDType,
} from "./dtype";
import { CheckpointError } from "./error";
import { quoted } from "./quoted";

const BLOCKS = 4096;

/**
 * What all formats share: tensors by name, arguments checked, values decoded. A format tells how to get the bytes of a
 * range of elements, as they would lie in a row-major little-endian file.
 */
export abstract class TensorList<Tensor extends TensorInfo> implements Checkpoint {
  private readonly byName: ReadonlyMap<string, Tensor>;

  /** @throws CheckpointError where two tensors have one name */
  constructor(
    readonly path: string,
    readonly format: string,
    readonly tensors: readonly Tensor[],
    readonly metadata: ReadonlyMap<string, string> = new Map(),
    readonly unreadable: readonly UnreadableTensor[] = [],
  ) {
    this.byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    if (this.byName.size === tensors.length) return;
    const seen = new Set<string>();
    for (const { name } of tensors) {
      if (seen.has(name)) throw new CheckpointError(path, `two tensors are called ${quoted(name)}`);
      seen.add(name);
    }
  }

  /**
   * Fills `into` with the bytes of elements from `start` on; both ends lie on whole blocks of the dtype, within the
   * tensor. Its `byteOffset` is a multiple of 8.
   * @throws CheckpointError
   */
  protected abstract readBytes(tensor: Tensor, start: number, into: Uint8Array): Promise<void>;

  checksums(): Promise<readonly StoredChecksum[]> {
    return Promise.resolve([]);
  }

  abstract raw(tensor: TensorInfo): RawRange | null;
  abstract close(): Promise<void>;

  tensor(name: string): Tensor | undefined {
    return this.byName.get(name);
  }

  async readFloats(tensor: TensorInfo, start: number, into: FloatArray): Promise<void> {
    const own = this.own(tensor, start, into.length);
    const { dtype } = own;
    if (!isFloat(dtype))
      throw new RangeError(
        `readFloats: ${tensor.name} is ${dtype}, ${isInteger(dtype) ? "not float" : "which is not decoded"}`,
      );
    await this.decode(own, start, into);
  }

  async readNumbers(tensor: TensorInfo, start: number, count: number): Promise<NumberArray> {
    const own = this.own(tensor, start, count);
    const { dtype } = own;
    if (isFloat(dtype)) {
      const values = new Float64Array(count);
      await this.decode(own, start, values);
      return values;
    }
    if (!isInteger(dtype))
      throw new RangeError(`readNumbers: ${tensor.name} is ${dtype}, which is not decoded`);
    const bytes = new Uint8Array(count * elementBytes(dtype));
    await this.readBytes(own, start, bytes);
    return decodeIntegers(bytes, dtype, count);
  }

  /** Decodes a range of a float tensor that was checked. */
  protected async decode(tensor: Tensor, start: number, into: FloatArray): Promise<void> {
    const { dtype } = tensor;
    if (!isFloat(dtype)) throw new RangeError(`${dtype} is not decoded`);
    if (isQuantised(dtype)) {
      await this.decodeBlocks(tensor, dtype, start, into);
      return;
    }
    const same = dtype === (into instanceof Float32Array ? "F32" : "F64");
    const bytes =
      same && into.byteOffset % 8 === 0
        ? new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
        : new Uint8Array(into.length * elementBytes(dtype));
    await this.readBytes(tensor, start, bytes);
    if (bytes.buffer !== into.buffer) decodeFloats(bytes, dtype, into);
  }

  /** Blocks are decoded whole, thousands at a time, and cut to the range. */
  private async decodeBlocks(
    tensor: Tensor,
    dtype: QuantisedDType,
    start: number,
    into: FloatArray,
  ): Promise<void> {
    const block = blockOf(dtype);
    const behind = Math.ceil((start + into.length) / block.elements);
    const end = start + into.length;
    for (let first = Math.floor(start / block.elements); first < behind; first += BLOCKS) {
      const count = Math.min(BLOCKS, behind - first);
      const bytes = new Uint8Array(count * block.bytes);
      const begin = first * block.elements;
      await this.readBytes(tensor, begin, bytes);
      const values = new Float32Array(count * block.elements);
      dequantise(bytes, dtype, values);
      const from = Math.max(start, begin);
      into.set(values.subarray(from - begin, end - begin), from - start);
    }
  }

  /** This checkpoint's own record of a tensor; null where it has none like it. */
  protected find({ name, dtype, parameters }: TensorInfo): Tensor | null {
    const own = this.byName.get(name);
    return own?.parameters === parameters && own.dtype === dtype ? own : null;
  }

  private own(tensor: TensorInfo, start: number, count: number): Tensor {
    const own = this.find(tensor);
    if (!own) throw new RangeError(`${this.path} has no such tensor ${tensor.name}`);
    const inside = Number.isInteger(start) && Number.isInteger(count) && start >= 0 && count >= 0;
    if (!inside || start + count > own.parameters)
      throw new RangeError(
        `${start} + ${count} is outside the ${own.parameters} elements of ${tensor.name}`,
      );
    return own;
  }
}
