import { createHash } from "node:crypto";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { isFloat } from "../checkpoint/dtype";

const BLOCK = 1 << 18;

/**
 * SHA-256 over a checkpoint's weights: names, shapes and values, in order of names. Equal weights have equal hashes
 * whatever else their files hold, such as the time they were written.
 * @throws CheckpointError where the file cannot be read
 */
export async function weightsSha256(checkpoint: Checkpoint): Promise<string> {
  const hash = createHash("sha256");
  const weights = checkpoint.tensors
    .filter(({ role, dtype }) => role === "weight" && isFloat(dtype))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const tensor of weights) {
    const { name, dtype, shape, parameters } = tensor;
    hash.update(`${JSON.stringify([name, dtype, shape])}\n`);
    const block = new (dtype === "F64" ? Float64Array : Float32Array)(Math.min(BLOCK, parameters));
    for (let start = 0; start < parameters; start += BLOCK) {
      const piece = block.subarray(0, Math.min(BLOCK, parameters - start));
      await checkpoint.readFloats(tensor, start, piece);
      hash.update(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
    }
  }
  return hash.digest("hex");
}
