import type { ByteSource } from "./byte-source";
import type { TensorInfo } from "./checkpoint";
import { blockOf, elementBytes, tensorBytes } from "./dtype";
import { CheckpointError } from "./error";
import { quoted } from "./quoted";
import { elementCount, isRowMajor } from "./shape";

/** A tensor and where its elements lie. */
export interface PlacedTensor extends TensorInfo {
  readonly source: ByteSource;
  /** Byte offset of the first element. */
  readonly offset: number;
  /** Elements from one to the next along each axis, none negative; absent for row-major order. */
  readonly strides?: readonly number[];
  /** Absent for little-endian. */
  readonly bigEndian?: boolean;
}

/** What a file can say by strides of 0: so many elements are read at most where the file holds fewer. */
const MAX_REPEATED = 1 << 24;

/** Whether the elements lie one after the other, little-endian, in row-major order. */
export function isPlain({ shape, strides, bigEndian, dtype }: PlacedTensor): boolean {
  const swapped = bigEndian === true && blockOf(dtype).bytes > 1;
  return !swapped && (strides === undefined || isRowMajor(shape, strides));
}

/**
 * Checks that a tensor's shape, size and bytes are possible and lie in its file.
 * @throws CheckpointError that names the tensor
 */
export async function checkPlaced(tensor: PlacedTensor): Promise<void> {
  const { name, dtype, shape, parameters, source, offset, strides } = tensor;
  const fail = (reason: string, at: number | null = null): never => {
    throw new CheckpointError(source.path, `tensor ${quoted(name)} ${reason}`, at);
  };
  if (elementCount(shape) !== parameters || !Number.isSafeInteger(parameters))
    fail("has a shape that is too large or no shape");
  if (!Number.isSafeInteger(offset) || offset < 0) fail("begins at no possible place");
  const size = await source.size();
  let bytes = tensorBytes(dtype, parameters);
  if (strides !== undefined) {
    if (strides.length !== shape.length || !strides.every((s) => Number.isSafeInteger(s) && s >= 0))
      fail("has strides that do not fit its shape");
    if (blockOf(dtype).elements !== 1) fail(`of ${dtype} has strides`);
    if (parameters > MAX_REPEATED && parameters * elementBytes(dtype) > size)
      fail(`repeats few values ${parameters} times`);
    bytes = extent(shape, strides) * elementBytes(dtype);
  }
  if (!Number.isSafeInteger(bytes)) fail(`of ${parameters} ${dtype} has no possible size`);
  if (offset + bytes > size)
    fail(
      `needs bytes ${offset} to ${offset + bytes} but the file ends at ${size}`,
      Math.min(offset, size),
    );
}

/** Elements from the first to behind the last. */
function extent(shape: readonly number[], strides: readonly number[]): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], 1);
}
