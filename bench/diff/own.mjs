// Our own comparison, bundled as it ships.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { compileKernel } from "../../scripts/lib/compile-kernel.mjs";
import { root } from "../../scripts/lib/paths.mjs";

/**
 * Builds the worker, the kernel, and the program that is timed, into a folder.
 * @returns {Promise<string>} the program, to run with Node: A B REPETITIONS
 */
export async function ownProgram(folder) {
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      compare: "bench/diff/compare.ts",
      "distance-worker": "src/distance/kernels/worker.ts",
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["onnxruntime-node", "vscode"],
    logLevel: "error",
  });
  await compileKernel(path.join(folder, "distance-kernel.wasm"));
  return path.join(folder, "compare.js");
}
