// States of many networks as safetensors files: around a common point, with a share of structure in three directions so
// that their eigenvalues lie apart.
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Parameters of the paper's TF CNN Demo. */
export const PARAMETERS = 122_570;
const POOL = 2 ** 22;

/** Numbers of a normal distribution, from a seed (mulberry32 by Box and Muller's method). */
function normals(count, seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++)
    values[i] = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return values;
}

/** Writes the states that are not there yet: 0.5 MB each. */
export function writeStates(folder, count) {
  mkdirSync(folder, { recursive: true });
  const file = (i) => path.join(folder, `${i}.safetensors`);
  if (existsSync(file(count - 1))) return;
  const noise = normals(POOL, 1);
  const directions = [2, 3, 4].map((seed) => normals(PARAMETERS, seed));
  const places = normals(4 * count, 5);
  const data_offsets = [0, 4 * PARAMETERS];
  const text = JSON.stringify({ weights: { dtype: "F32", shape: [PARAMETERS], data_offsets } });
  const header = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const bytes = Buffer.alloc(8 + header.length + 4 * PARAMETERS);
  bytes.writeBigUInt64LE(BigInt(header.length));
  header.copy(bytes, 8);
  const values = new Float32Array(PARAMETERS);
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [3, 2, 1].map((size, k) => 0.003 * size * places[3 * i + k]);
    // Beginnings all over the pool: what two states share lies at different places in them.
    const start = Math.imul(i + 1, 0x9e3779b1) >>> 0;
    const [a, b, c] = directions;
    for (let j = 0; j < PARAMETERS; j++)
      values[j] = 0.05 * noise[(start + j * 7919) & (POOL - 1)] + x * a[j] + y * b[j] + z * c[j];
    Buffer.from(values.buffer).copy(bytes, 8 + header.length);
    writeFileSync(`${file(i)}.tmp`, bytes);
    renameSync(`${file(i)}.tmp`, file(i));
  }
}
