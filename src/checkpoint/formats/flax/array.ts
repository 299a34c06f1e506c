import { tensorBytes, type DType } from "../../dtype";
import { dtypeOfName } from "../../numpy/dtype";
import { quoted } from "../../quoted";
import { elementCount } from "../../shape";
import type { MsgpackReader } from "./reader";

/** Extension types of flax.serialization that hold (shape, dtype, bytes). */
export const ARRAY = 1;
export const SCALAR = 3;

export interface FlaxArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly bytes: number;
}

const MAX_DIMENSIONS = 64;

/**
 * Reads an array's header and passes over its bytes.
 * @param length of the extension that holds it
 * @throws CheckpointError
 */
export async function readFlaxArray(reader: MsgpackReader, length: number): Promise<FlaxArray> {
  const end = reader.offset + length;
  const parts = await reader.next();
  if (parts.kind !== "array" || parts.count !== 3) reader.fail("an array without its three parts");
  const dimensions = await reader.next();
  if (dimensions.kind !== "array" || dimensions.count > MAX_DIMENSIONS)
    return reader.fail("an array without its shape");
  const shape: number[] = [];
  for (let i = 0; i < dimensions.count; i++) {
    const size = await reader.next();
    if (size.kind !== "value" || typeof size.value === "string" || typeof size.value === "boolean")
      return reader.fail("an array's shape holds no numbers");
    shape.push(Number(size.value ?? NaN));
  }
  const name = await reader.next();
  const text = name.kind === "value" && typeof name.value === "string" ? name.value : "";
  const dtype = dtypeOfName(text) ?? reader.fail(`an array of the unknown type ${quoted(text)}`);
  const data = await reader.next();
  if (data.kind !== "binary") return reader.fail("an array without its bytes");
  const offset = reader.offset;
  if (tensorBytes(dtype, elementCount(shape)) !== data.length)
    reader.fail(`an array of ${shape.join("x")} ${dtype} holds ${data.length} bytes`);
  reader.skip(data.length);
  if (reader.offset !== end) reader.fail("an array that does not fill its extension");
  return { dtype, shape, offset, bytes: data.length };
}
