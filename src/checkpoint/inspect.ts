import type { Inspection } from "../protocol/comparison";
import type { Checkpoint } from "./checkpoint";
import { isFloat } from "./dtype";

/** Lists a checkpoint's tensors and totals; reads no values. */
export function inspectCheckpoint(checkpoint: Checkpoint): Inspection {
  const tensors = checkpoint.tensors.map(({ name, part, role, dtype, shape, parameters }) => ({
    name,
    ...(part === undefined ? {} : { part }),
    role,
    dtype,
    shape,
    parameters,
  }));
  const floats = checkpoint.tensors.filter(({ dtype }) => isFloat(dtype));
  const total = (list: readonly { readonly parameters: number }[]) =>
    list.reduce((sum, { parameters }) => sum + parameters, 0);
  return {
    file: checkpoint.path,
    format: checkpoint.format,
    tensors,
    parameters: total(tensors),
    floatParameters: total(floats),
    unreadable: checkpoint.unreadable,
    metadata: Object.fromEntries(checkpoint.metadata),
  };
}
