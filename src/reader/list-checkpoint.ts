import { stat } from "node:fs/promises";
import type { Checkpoint, TensorInfo } from "../checkpoint/checkpoint";
import { isFloat, isInteger, tensorBytes, type DType } from "../checkpoint/dtype";
import type { CheckpointListing, ListedTensor } from "../protocol/checkpoint-editor";

/** Lists an open checkpoint; reads no values. */
export async function listCheckpoint(checkpoint: Checkpoint): Promise<CheckpointListing> {
  const stats = await stat(checkpoint.path).catch(() => null);
  return {
    format: checkpoint.format,
    fileBytes: stats?.isFile() ? stats.size : null,
    tensors: checkpoint.tensors.map(listTensor),
    metadata: [
      ...checkpoint.metadata,
      ...checkpoint.unreadable.map(
        ({ name, reason }) => ["not read", `${name} ${reason}`] as const,
      ),
    ],
  };
}

function listTensor({ name, part, role, dtype, shape, parameters }: TensorInfo): ListedTensor {
  const bytes = tensorBytes(dtype, parameters);
  return {
    name,
    ...(part === undefined ? {} : { part }),
    role,
    dtype,
    shape,
    parameters,
    bytes: Number.isNaN(bytes) ? null : bytes,
    kind: kindOf(dtype),
  };
}

function kindOf(dtype: DType): ListedTensor["kind"] {
  if (isFloat(dtype)) return "float";
  return isInteger(dtype) ? "integer" : "opaque";
}
