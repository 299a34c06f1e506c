import type { Checkpoint, TensorInfo } from "../checkpoint/checkpoint";
import { isFloat } from "../checkpoint/dtype";
import { RpcError } from "../protocol/rpc";

/** Values as they are read to be computed with: exact, but for 64-bit integers beyond 2^53. */
export type Numbers = Float32Array | Float64Array;

/**
 * The tensor of a name.
 * @throws RpcError where the checkpoint has none, as when the file has changed
 */
export function readableTensor(checkpoint: Checkpoint, name: string): TensorInfo {
  const tensor = checkpoint.tensor(name);
  if (!tensor) throw trouble(checkpoint, `it has no tensor ${JSON.stringify(name)} any more`);
  return tensor;
}

/** Elements of a tensor as floats. */
export async function readNumbers(
  checkpoint: Checkpoint,
  tensor: TensorInfo,
  start: number,
  count: number,
): Promise<Numbers> {
  if (isFloat(tensor.dtype)) {
    const into = tensor.dtype === "F64" ? new Float64Array(count) : new Float32Array(count);
    await checkpoint.readFloats(tensor, start, into);
    return into;
  }
  const values = await checkpoint.readNumbers(tensor, start, count);
  return values instanceof Float64Array ? values : Float64Array.from(values, Number);
}

function trouble({ path }: Checkpoint, reason: string): RpcError {
  return new RpcError({ kind: "file", reason, file: path, offset: null });
}
