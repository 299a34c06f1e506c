// Our own comparison, bundled as it ships.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { compileKernel } from "../../scripts/lib/compile-kernel.mjs";
import { root } from "../../scripts/lib/paths.mjs";

/**
 * Builds the worker, the kernel, and the programs that are timed, into a folder.
 * @returns {Promise<{ compare: string; cli: string }>} the programs, to run with Node: one that takes A B REPETITIONS,
 *   and the command line
 */
export async function ownPrograms(folder) {
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      compare: "bench/diff/compare.ts",
      cli: "src/cli/main.ts",
      "distance-worker": "src/distance/kernels/worker.ts",
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["onnxruntime-node", "sharp", "vscode"],
    logLevel: "error",
  });
  await compileKernel(path.join(folder, "distance-kernel.wasm"));
  return { compare: path.join(folder, "compare.js"), cli: path.join(folder, "cli.js") };
}
