import type { ByteSource } from "./byte-source";
import type { RawRange, TensorInfo, UnreadableTensor } from "./checkpoint";
import type { StoredChecksum } from "./checksum";
import { blockOf } from "./dtype";
import { checkPlaced, isPlain, type PlacedTensor } from "./placed-tensor";
import { readStrided } from "./read-strided";
import { rowMajorStrides } from "./shape";
import { TensorList } from "./tensor-list";

export interface PlacedParts {
  readonly path: string;
  readonly format: string;
  readonly tensors: readonly PlacedTensor[];
  readonly metadata?: ReadonlyMap<string, string>;
  readonly unreadable?: readonly UnreadableTensor[];
  readonly checksums?: () => Promise<readonly StoredChecksum[]>;
  /** Files to close with the checkpoint, beside those of the tensors. */
  readonly files?: readonly ByteSource[];
}

/**
 * A checkpoint whose tensors lie uncompressed in files.
 * @throws CheckpointError where a tensor does not lie in its file, or two have one name
 */
export async function placedCheckpoint(parts: PlacedParts): Promise<PlacedCheckpoint> {
  for (const tensor of parts.tensors) await checkPlaced(tensor);
  return new PlacedCheckpoint(parts);
}

/** Made by placedCheckpoint, which checks the places. */
export class PlacedCheckpoint extends TensorList<PlacedTensor> {
  readonly files: ReadonlySet<ByteSource>;
  private readonly stored: () => Promise<readonly StoredChecksum[]>;

  constructor({ path, format, tensors, metadata, unreadable, checksums, files }: PlacedParts) {
    super(path, format, tensors, metadata, unreadable);
    this.stored = checksums ?? (() => Promise.resolve([]));
    this.files = new Set([...(files ?? []), ...tensors.map(({ source }) => source)]);
  }

  override checksums(): Promise<readonly StoredChecksum[]> {
    return this.stored();
  }

  raw(tensor: TensorInfo): RawRange | null {
    const own = this.find(tensor);
    const file = own?.source.diskFile ?? null;
    const single = own !== null && blockOf(own.dtype).elements === 1;
    return single && file !== null && isPlain(own) ? { file, offset: own.offset } : null;
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.files, (file) => file.close()));
  }

  protected async readBytes(tensor: PlacedTensor, start: number, into: Uint8Array): Promise<void> {
    if (into.length === 0) return;
    const { source, offset, shape, strides, dtype, bigEndian } = tensor;
    const { elements, bytes } = blockOf(dtype);
    if (isPlain({ ...tensor, bigEndian: false }))
      await source.read(into, offset + (start / elements) * bytes);
    else
      await readStrided(
        source,
        offset,
        shape,
        strides ?? rowMajorStrides(shape),
        bytes,
        start,
        into,
      );
    if (bigEndian) swapBytes(into, bytes);
  }
}

/** Turns big-endian elements into little-endian ones. */
function swapBytes(bytes: Uint8Array, width: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (width === 2) buffer.swap16();
  else if (width === 4) buffer.swap32();
  else if (width === 8) buffer.swap64();
}
