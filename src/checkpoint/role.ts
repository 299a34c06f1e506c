import type { TensorRole } from "./checkpoint";

/**
 * The role that a tensor's name tells, of names as PyTorch gives them: batch norm's running statistics are buffers and
 * its count of batches is something else. Everything else is a weight.
 */
export function roleOfName(name: string): TensorRole {
  const last = name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("/")) + 1);
  if (last === "running_mean" || last === "running_var") return "buffer";
  return last === "num_batches_tracked" ? "other" : "weight";
}
