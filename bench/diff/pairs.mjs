// Pairs of safetensors files of 1 GiB each, as fine-tuning leaves them: normal weights, and changes of a hundredth.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import path from "node:path";

/** An MLP matrix of Llama 3.2 1B. */
const SHAPE = [2048, 8192];
const PARAMETERS = SHAPE[0] * SHAPE[1];
const FILE_BYTES = 2 ** 30;
const POOL = 2 ** 20;

/** Numbers of a normal distribution, from a fixed seed (mulberry32 by Box and Muller's method). */
function normalPool(scale) {
  let state = 1;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return Float32Array.from(
    { length: POOL },
    () => scale * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

/** Rounds to nearest, ties to even. */
function toBFloat16(values) {
  const bits = new Uint32Array(values.buffer);
  return Uint16Array.from(bits, (bit) => (bit + 0x7fff + ((bit >>> 16) & 1)) >>> 16);
}

function fill(values, pool, tensor, moved) {
  // Unequal steps through the pool: no two tensors are alike.
  for (let i = 0; i < PARAMETERS; i++) {
    const weight = pool[(i + tensor * 7919) & (POOL - 1)];
    values[i] = moved ? weight + pool[(i + tensor * 104_729 + 511) & (POOL - 1)] / 100 : weight;
  }
}

function writeFile(file, dtype, moved) {
  const bytes = dtype === "BF16" ? 2 : 4;
  const count = FILE_BYTES / (PARAMETERS * bytes);
  const entries = Array.from({ length: count }, (_, i) => [
    `layers.${i}.weight`,
    { dtype, shape: SHAPE, data_offsets: [i, i + 1].map((at) => at * PARAMETERS * bytes) },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const pool = normalPool(0.02);
  const values = new Float32Array(PARAMETERS);
  const descriptor = openSync(`${file}.tmp`, "w");
  writeSync(descriptor, length);
  writeSync(descriptor, header);
  for (let i = 0; i < count; i++) {
    fill(values, pool, i, moved);
    const data = dtype === "BF16" ? toBFloat16(values) : values;
    writeSync(descriptor, new Uint8Array(data.buffer));
  }
  closeSync(descriptor);
  renameSync(`${file}.tmp`, file);
}

/**
 * The files of one element type, written on first use, each in a folder of its own, as modeldelta wants it.
 * @param {string} folder
 * @param {"F32" | "BF16"} dtype
 */
export function filePair(folder, dtype) {
  return ["a", "b"].map((side) => {
    const file = path.join(folder, dtype, side, "model.safetensors");
    mkdirSync(path.dirname(file), { recursive: true });
    if (!existsSync(file)) writeFile(file, dtype, side === "b");
    return file;
  });
}
