// Pairs of safetensors files of 1 GiB each, as fine-tuning leaves them: normal weights, and changes of a hundredth; and
// one whose changes are independent of each other, for spectra.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import path from "node:path";

/** Matrices of the MLP and of attention of Llama 3.2 1B. */
const MLP = [2048, 8192];
const SQUARE = [2048, 2048];
const FILE_BYTES = 2 ** 30;
const POOL = 2 ** 20;

/** Numbers of a normal distribution, from a fixed seed (mulberry32 by Box and Muller's method). */
function normalStream() {
  let state = 1;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function normalPool(scale) {
  const normal = normalStream();
  return Float32Array.from({ length: POOL }, () => scale * normal());
}

/** Rounds to nearest, ties to even. */
function toBFloat16(values) {
  const bits = new Uint32Array(values.buffer);
  return Uint16Array.from(bits, (bit) => (bit + 0x7fff + ((bit >>> 16) & 1)) >>> 16);
}

/** Weights of a tensor from a pool, by unequal steps through it: no two tensors are alike. */
function weightAt(pool, tensor, i) {
  return pool[(i + tensor * 7919) & (POOL - 1)];
}

/** Fills tensors with weights, moved by a hundredth of other weights of the pool where asked for. */
function filler(moved) {
  const pool = normalPool(0.02);
  return (values, tensor) => {
    for (let i = 0; i < values.length; i++) {
      const weight = weightAt(pool, tensor, i);
      values[i] = moved ? weight + pool[(i + tensor * 104_729 + 511) & (POOL - 1)] / 100 : weight;
    }
  };
}

/** The same moved by independent normal numbers: changes without a structure, the hardest ones for a spectrum. */
function independentFiller(moved) {
  const pool = normalPool(0.02);
  const normal = normalStream();
  return (values, tensor) => {
    for (let i = 0; i < values.length; i++)
      values[i] = weightAt(pool, tensor, i) + (moved ? 0.001 * normal() : 0);
  };
}

function writeFile(file, dtype, shape, fill) {
  const bytes = dtype === "BF16" ? 2 : 4;
  const parameters = shape[0] * shape[1];
  const count = FILE_BYTES / (parameters * bytes);
  const entries = Array.from({ length: count }, (_, i) => [
    `layers.${i}.weight`,
    { dtype, shape, data_offsets: [i, i + 1].map((at) => at * parameters * bytes) },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const values = new Float32Array(parameters);
  const descriptor = openSync(`${file}.tmp`, "w");
  writeSync(descriptor, length);
  writeSync(descriptor, header);
  for (let i = 0; i < count; i++) {
    fill(values, i);
    const data = dtype === "BF16" ? toBFloat16(values) : values;
    writeSync(descriptor, new Uint8Array(data.buffer));
  }
  closeSync(descriptor);
  renameSync(`${file}.tmp`, file);
}

/** Files a and b, each in a folder of its own, as modeldelta wants it; written where they are not there. */
function pair(folder, write) {
  return ["a", "b"].map((side) => {
    const file = path.join(folder, side, "model.safetensors");
    mkdirSync(path.dirname(file), { recursive: true });
    if (!existsSync(file)) write(file, side === "b");
    return file;
  });
}

/**
 * The files of one element type, written on first use.
 * @param {string} folder
 * @param {"F32" | "BF16"} dtype
 */
export function filePair(folder, dtype) {
  return pair(path.join(folder, dtype), (file, moved) =>
    writeFile(file, dtype, MLP, filler(moved)),
  );
}

/** Float32 files of square matrices with changes of full rank, written on first use. */
export function spectrumPair(folder) {
  return pair(path.join(folder, "spectrum"), (file, moved) =>
    writeFile(file, "F32", SQUARE, independentFiller(moved)),
  );
}
