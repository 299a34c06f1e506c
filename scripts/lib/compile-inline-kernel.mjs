// Compiles an AssemblyScript kernel, FOLDER/assembly, and writes it as a module of the sources, so that they run unbuilt:
// `node scripts/lib/compile-inline-kernel.mjs FOLDER`; with --print after it, to standard output.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { main } from "assemblyscript/asc";
import { root } from "./paths.mjs";

const [folder, print] = process.argv.slice(2);

/** @returns {Promise<Uint8Array>} the module, which imports its memory */
async function compiled() {
  let binary = new Uint8Array();
  const { error, stderr } = await main(
    [
      `${folder}/assembly/index.ts`,
      ...["--baseDir", root, "--outFile", "kernel.wasm", "--enable", "simd", "--runtime", "stub"],
      ...["--importMemory", "--noAssert", "-O3"],
    ],
    {
      writeFile: (_name, contents) => {
        if (typeof contents !== "string") binary = contents;
      },
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return binary;
}

const bytes = Buffer.from(await compiled()).toString("base64");
if (print === "--print") process.stdout.write(bytes);
else {
  const lines = (bytes.match(/.{1,100}/g) ?? []).map((line) => `  "${line}",`).join("\n");
  const source = `/** assembly/index.ts compiled by scripts/lib/compile-inline-kernel.mjs, in base64; a test compiles it anew. */
export const kernelBytes = [
${lines}
].join("");
`;
  await writeFile(path.join(root, folder, "kernel-bytes.ts"), source);
}
