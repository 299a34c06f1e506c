import path from "node:path";
import esbuild from "esbuild";

/** Bundles a worker's source as the build does. */
export async function bundleWorker(folder: string, source: string): Promise<string> {
  const outfile = path.join(folder, `${path.basename(source, ".ts")}.js`);
  await esbuild.build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return outfile;
}
