// Our own programs, bundled as they ship.
import { build } from "esbuild";
import { cache, root } from "../../scripts/lib/paths.mjs";

/**
 * Bundles a program under .cache/, from where native packages are found.
 * @param {string} entry a file of this repository
 * @returns {Promise<string>} the program, to run with Node
 */
export async function ownProgram(entry) {
  const outfile = `${cache}/${entry.replace(/\.ts$/, ".cjs")}`;
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["onnxruntime-node"],
    logLevel: "error",
  });
  return outfile;
}
