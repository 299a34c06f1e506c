import { mkdir } from "node:fs/promises";
import path from "node:path";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";

/** Writes a safetensors file of named vectors, or of matrices where a shape is given. */
export async function writeCheckpoint(
  file: string,
  tensors: Readonly<Record<string, readonly number[] | { shape: number[]; values: Float32Array }>>,
): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeSafetensors(
    file,
    Object.entries(tensors).map(([name, given]) =>
      "shape" in given
        ? { name, ...given }
        : { name, shape: [given.length], values: Float32Array.from(given) },
    ),
  );
  return file;
}
