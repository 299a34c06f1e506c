import type { ListedTensor } from "../../../../src/protocol/checkpoint-editor";

/** A listed float tensor. */
export function listed(name: string, patch: Partial<ListedTensor> = {}): ListedTensor {
  const shape = patch.shape ?? [2, 3];
  const parameters = shape.reduce((product, size) => product * size, 1);
  return {
    name,
    role: "weight",
    dtype: "F32",
    shape,
    parameters,
    bytes: 4 * parameters,
    kind: "float",
    ...patch,
  };
}
