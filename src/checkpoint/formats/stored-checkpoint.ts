import type { RawRange, TensorInfo, UnreadableTensor } from "../checkpoint";
import type { StoredChecksum } from "../checksum";
import { elementBytes } from "../dtype";
import { TensorList } from "../tensor-list";
import type { Elements } from "./elements";

/** A tensor and its elements. */
export interface StoredTensor extends TensorInfo {
  readonly elements: Elements;
}

/** A checkpoint whose tensors each know where their elements come from. */
export class StoredCheckpoint extends TensorList<StoredTensor> {
  /**
   * @param tensors in the order of their data
   * @param files closed with the checkpoint
   * @throws CheckpointError where two tensors have one name
   */
  constructor(
    path: string,
    format: string,
    tensors: readonly StoredTensor[],
    metadata: ReadonlyMap<string, string>,
    private readonly files: readonly { close(): Promise<void> }[],
    unreadable: readonly UnreadableTensor[] = [],
    private readonly stored: () => Promise<readonly StoredChecksum[]> = () => Promise.resolve([]),
  ) {
    super(path, format, tensors, metadata, unreadable);
  }

  override checksums(): Promise<readonly StoredChecksum[]> {
    return this.stored();
  }

  raw(tensor: TensorInfo): RawRange | null {
    return this.find(tensor)?.elements.raw ?? null;
  }

  async close(): Promise<void> {
    await Promise.all(this.files.map((file) => file.close()));
  }

  protected async readBytes(tensor: StoredTensor, start: number, into: Uint8Array): Promise<void> {
    if (into.length > 0) await tensor.elements.read(start * elementBytes(tensor.dtype), into);
  }
}
