import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import type { LoadedKernel } from "../../../../src/distance/kernels/load-kernel";

const root = path.join(__dirname, "../../../..");

/** The kernel and its worker, compiled from source into a directory. */
export async function buildKernel(directory: string): Promise<LoadedKernel> {
  const file = path.join(directory, "distance-kernel.wasm");
  execFileSync(process.execPath, [path.join(root, "scripts/lib/compile-kernel.mjs"), file]);
  const worker = path.join(directory, "distance-worker.js");
  await build({
    absWorkingDir: root,
    entryPoints: ["src/distance/kernels/worker.ts"],
    outfile: worker,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
  return { module: await WebAssembly.compile(readFileSync(file)), worker };
}
