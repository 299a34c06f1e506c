// Compiles the AssemblyScript kernel of src/distance/kernels/assembly to WebAssembly.
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";
import { root } from "./paths.mjs";

const source = "src/distance/kernels/assembly/index.ts";
/** Bytes that layout.ts places by hand, before anything that the compiler would place. */
const RESERVED = 0x30000;
const PAGE = 0x10000;

/**
 * Writes the module aside and renames it: another process may read it meanwhile.
 * @param {string} file
 * @throws with the compiler's messages
 */
export async function compileKernel(file) {
  await mkdir(path.dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}.tmp`;
  const options = ["--enable", "simd", "--runtime", "stub", "--noAssert", "-O3"];
  const memory = ["--memoryBase", RESERVED, "--initialMemory", RESERVED / PAGE].map(String);
  try {
    const { error, stderr } = await main(
      [source, "--baseDir", root, "--outFile", path.relative(root, aside), ...options, ...memory],
      {},
    );
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    await rename(aside, file);
  } finally {
    await rm(aside, { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileKernel(process.argv[2]);
