import type { ByteSource } from "../../byte-source";
import { numpyDType } from "../../numpy/dtype";
import { readNpyHeader } from "../../numpy/npy-header";
import { parsePrefix } from "../../parse-prefix";
import type { PlacedTensor } from "../../placed-tensor";
import { roleOfName } from "../../role";
import { columnMajorStrides, elementCount } from "../../shape";

/**
 * The array in an .npy file or entry. Text, records and Python objects (which are pickles) are only named.
 * @returns the tensor, or the type that is not listed
 * @throws CheckpointError
 */
export async function npyArray(
  name: string,
  source: ByteSource,
  offset: number,
): Promise<PlacedTensor | string> {
  const { descr, columnMajor, shape, dataStart } = await parsePrefix(
    source,
    `.npy header of ${name}`,
    readNpyHeader,
    offset,
  );
  const type = numpyDType(descr ?? "");
  if (!type) return descr ?? "record";
  return {
    name,
    role: roleOfName(name),
    dtype: type.dtype,
    bigEndian: type.bigEndian,
    shape,
    parameters: elementCount(shape),
    ...(columnMajor ? { strides: columnMajorStrides(shape) } : {}),
    source,
    offset: offset + dataStart,
  };
}
