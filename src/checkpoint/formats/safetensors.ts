import type { Checkpoint, FloatArray, RawRange, TensorInfo } from "../checkpoint";
import { decodeFloats } from "../decode";
import { elementBytes, isFloat } from "../dtype";
import { CheckpointError } from "../error";
import type { CheckpointFormat } from "../format";
import type { RangeFile } from "../range-file";
import { JsonError } from "./json-cursor";
import { parseSafetensorsHeader, type PlacedTensor } from "./safetensors-header";

/** The reference implementation's own limit. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * safetensors (format 0.x): u64 little-endian header length, JSON header, then the tensors' bytes.
 * Recognised by the brace that its header begins with.
 */
export const safetensors: CheckpointFormat = {
  recognises: (head) => head.length > 8 && head[8] === 0x7b,
  open: openSafetensors,
};

async function openSafetensors(file: RangeFile): Promise<Checkpoint> {
  const size = await file.size();
  const length = new DataView(new ArrayBuffer(8));
  await file.read(new Uint8Array(length.buffer), 0);
  const headerBytes = length.getBigUint64(0, true);
  if (headerBytes > BigInt(MAX_HEADER_BYTES))
    throw new CheckpointError(
      file.path,
      `a header of ${headerBytes} bytes is more than ${MAX_HEADER_BYTES}`,
      0,
    );
  const dataStart = 8 + Number(headerBytes);
  if (dataStart > size)
    throw new CheckpointError(
      file.path,
      `the header of ${headerBytes} bytes does not fit in the file of ${size} bytes`,
      0,
    );
  const json = new Uint8Array(Number(headerBytes));
  await file.read(json, 8);
  try {
    const { tensors, metadata } = parseSafetensorsHeader(json, size - dataStart);
    return new SafetensorsCheckpoint(file, dataStart, tensors, metadata);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new CheckpointError(file.path, `safetensors header: ${error.reason}`, 8 + error.offset);
  }
}

class SafetensorsCheckpoint implements Checkpoint {
  readonly format = "safetensors";
  private readonly byName: ReadonlyMap<string, PlacedTensor>;

  constructor(
    private readonly file: RangeFile,
    private readonly dataStart: number,
    readonly tensors: readonly PlacedTensor[],
    readonly metadata: ReadonlyMap<string, string>,
  ) {
    this.byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  get path(): string {
    return this.file.path;
  }

  tensor(name: string): TensorInfo | undefined {
    return this.byName.get(name);
  }

  async readFloats(tensor: TensorInfo, start: number, into: FloatArray): Promise<void> {
    const placed = this.byName.get(tensor.name);
    if (!placed || placed.parameters !== tensor.parameters || placed.dtype !== tensor.dtype)
      throw new RangeError(`readFloats: ${this.path} has no such tensor ${tensor.name}`);
    const { dtype } = placed;
    if (!isFloat(dtype)) throw new RangeError(`readFloats: ${tensor.name} is ${dtype}, not float`);
    if (!(start >= 0 && Number.isInteger(start) && start + into.length <= placed.parameters))
      throw new RangeError(
        `readFloats: ${start} + ${into.length} is outside the ${placed.parameters} elements of ${tensor.name}`,
      );
    const width = elementBytes(dtype);
    const position = this.dataStart + placed.begin + start * width;
    const same = dtype === (into instanceof Float32Array ? "F32" : "F64");
    const bytes = same
      ? new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
      : new Uint8Array(into.length * width);
    await this.file.read(bytes, position);
    if (!same) decodeFloats(bytes, dtype, into);
  }

  raw({ name }: TensorInfo): RawRange | null {
    const placed = this.byName.get(name);
    return placed ? { file: this.path, offset: this.dataStart + placed.begin } : null;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
