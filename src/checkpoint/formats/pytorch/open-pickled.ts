import type { ByteSource } from "../../byte-source";
import type { StoredChecksum } from "../../checksum";
import { blockOf, tensorBytes } from "../../dtype";
import { CheckpointError } from "../../error";
import { MemorySource } from "../../memory-source";
import type { PickledArray } from "../../numpy/pickled";
import type { PickleValue } from "../../pickle/values";
import { placedCheckpoint, type PlacedCheckpoint } from "../../placed-checkpoint";
import type { PlacedTensor } from "../../placed-tensor";
import { quoted } from "../../quoted";
import { columnMajorStrides, elementCount } from "../../shape";
import { findTensors, StructureError, type FoundTensors } from "./find-tensors";
import { pickledMetadata } from "./metadata";
import { nameParts, type NamedTensor } from "./parts";
import type { TorchStorage } from "./storage";
import type { TorchTensor } from "./tensor";

/** Where a storage's bytes lie, and how many there are. */
export interface StoragePlace {
  readonly source: ByteSource;
  readonly offset: number;
  readonly bytes: number;
}

export interface PickledCheckpoint {
  readonly file: ByteSource;
  readonly format: string;
  readonly root: PickleValue;
  /** Bytes that the root was read from; bounds the work. */
  readonly pickleBytes: number;
  readonly bigEndian: boolean;
  readonly metadata?: ReadonlyMap<string, string>;
  readonly checksums?: () => Promise<readonly StoredChecksum[]>;
  /** @throws CheckpointError where there is no such storage */
  readonly place: (storage: TorchStorage) => Promise<StoragePlace>;
}

/**
 * The checkpoint that a pickle of PyTorch's and the storages beside it make.
 * @throws CheckpointError where a tensor does not lie in its storage
 */
export async function openPickled(parts: PickledCheckpoint): Promise<PlacedCheckpoint> {
  const { file, format, root, pickleBytes } = parts;
  const { tensors: found, unreadable } = find(file, root, pickleBytes);
  const names = nameParts(found);
  const tensors: PlacedTensor[] = [];
  for (const [i, { tensor }] of found.entries())
    tensors.push(
      "storage" in tensor
        ? await placeTorch(parts, names[i], tensor)
        : placeArray(file, names[i], tensor),
    );
  const metadata = new Map([...(parts.metadata ?? []), ...pickledMetadata(root)]);
  return placedCheckpoint({
    path: file.path,
    format,
    tensors,
    metadata,
    ...(parts.checksums ? { checksums: parts.checksums } : {}),
    unreadable: unreadable.map((name) => ({
      name,
      reason: "is sparse, a negated view or without values",
    })),
    files: [file],
  });
}

function find(file: ByteSource, root: PickleValue, pickleBytes: number): FoundTensors {
  try {
    return findTensors(root, 1_000_000 + 16 * pickleBytes);
  } catch (error) {
    if (!(error instanceof StructureError)) throw error;
    throw new CheckpointError(file.path, `the pickle is malformed: ${error.message}`);
  }
}

async function placeTorch(
  { file, bigEndian, place }: PickledCheckpoint,
  named: NamedTensor,
  { storage, dtype, offset, shape, strides }: TorchTensor,
): Promise<PlacedTensor> {
  const fail = (reason: string): never => {
    throw new CheckpointError(file.path, `tensor ${quoted(named.name)} ${reason}`);
  };
  const { source, offset: start, bytes } = await place(storage);
  const storageBytes = tensorBytes(storage.dtype, storage.elements);
  const viewStart = storage.viewOffset * blockOf(storage.dtype).bytes;
  // A root storage may be larger than a view's own count, never smaller.
  if (!(viewStart + storageBytes <= bytes))
    fail(`has a storage of ${bytes} bytes, which is too small`);
  const parameters = elementCount(shape);
  const width = blockOf(dtype).bytes;
  const extent = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? NaN), 1);
  const end = parameters === 0 ? 0 : (offset + extent) * width;
  if (!(offset >= 0 && strides.length === shape.length && end <= storageBytes))
    fail("does not lie in its storage");
  return {
    ...named,
    dtype,
    shape,
    parameters,
    strides,
    source,
    offset: start + (parameters === 0 ? 0 : viewStart + offset * width),
    bigEndian,
  };
}

function placeArray(
  file: ByteSource,
  named: NamedTensor,
  { dtype, bigEndian, shape, columnMajor, bytes }: PickledArray,
): PlacedTensor {
  return {
    ...named,
    dtype,
    shape,
    parameters: elementCount(shape),
    ...(columnMajor ? { strides: columnMajorStrides(shape) } : {}),
    source: new MemorySource(file.path, bytes),
    offset: 0,
    bigEndian,
  };
}
