import type { TensorRole } from "./checkpoint";

/** Batch norm's statistics, as PyTorch and Keras name them. */
const statistics = new Set(["running_mean", "running_var", "moving_mean", "moving_variance"]);

/**
 * The role that a tensor's name tells: batch norm's running statistics are buffers and its count of batches is something
 * else. Everything else is a weight.
 */
export function roleOfName(name: string): TensorRole {
  const last = name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("/")) + 1);
  if (statistics.has(last)) return "buffer";
  return last === "num_batches_tracked" ? "other" : "weight";
}
