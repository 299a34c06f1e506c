// Builds every bundle into dist/: `node esbuild.js [--watch]`. Each entry has its own target.
"use strict";
const { rm, writeFile } = require("node:fs/promises");
const { existsSync } = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");

const node = {
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  external: ["onnxruntime-node", "sharp", "vscode"],
};
const browser = { platform: "browser", format: "iife", target: "chrome128", minify: true };

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: { extension: "src/extension.ts" } },
  { ...node, entryPoints: { cli: "src/cli/main.ts" }, banner: { js: "#!/usr/bin/env node" } },
  { ...node, entryPoints: { trainer: "src/training/trainer.ts" } },
  { ...node, entryPoints: { supervisor: "src/runner/command/supervisor.ts" } },
  { ...node, entryPoints: { "map-worker": "src/map/worker.ts" } },
  { ...node, entryPoints: { "distance-worker": "src/distance/kernels/worker.ts" } },
  { ...node, entryPoints: { "reader-worker": "src/reader/worker.ts" } },
  { ...node, entryPoints: { measurer: "src/vscode/comparison/measurer/main.ts" } },
  { ...browser, entryPoints: { "webview/checkpoint": "webview/checkpoint/main.ts" } },
  { ...browser, entryPoints: { "webview/comparison": "webview/comparison/main.ts" } },
  { ...browser, entryPoints: { "webview/trajectory": "webview/trajectory/main.ts" } },
  { ...browser, entryPoints: { "webview/qmcm": "webview/qmcm/main.ts" } },
  { ...browser, entryPoints: { "webview/experiments": "webview/experiments/main.ts" } },
  {
    ...browser,
    entryPoints: { "webview/results": "webview/results/main.ts" },
    loader: { ".vert": "text", ".frag": "text" },
  },
];

async function main() {
  await rm(path.join(__dirname, "dist"), { recursive: true, force: true });
  const watch = process.argv.includes("--watch");
  const inputs = [];
  for (const bundle of bundles) {
    const [entry] = Object.values(bundle.entryPoints);
    if (!existsSync(path.join(__dirname, entry))) continue;
    const options = {
      absWorkingDir: __dirname,
      outdir: "dist",
      bundle: true,
      sourcemap: watch,
      legalComments: "none",
      logLevel: "warning",
      metafile: true,
      ...bundle,
    };
    if (watch) await (await esbuild.context(options)).watch();
    else inputs.push(...Object.keys((await esbuild.build(options)).metafile.inputs));
  }
  await writeFile(path.join(__dirname, "dist/experiment.schema.json"), await experimentSchema());
  const { thirdPartyNotices } = await import("./scripts/lib/third-party-notices.mjs");
  await writeFile(
    path.join(__dirname, "dist/ThirdPartyNotices.txt"),
    await thirdPartyNotices(inputs),
  );
  const { compileKernel } = await import("./scripts/lib/compile-kernel.mjs");
  await compileKernel(path.join(__dirname, "dist/distance-kernel.wasm"));
}

/** The editor's schema comes from the code that checks the file, so that the two agree. */
async function experimentSchema() {
  const entryPoints = ["src/experiment/json-schema.ts"];
  const built = await esbuild.build({
    absWorkingDir: __dirname,
    ...node,
    entryPoints,
    bundle: true,
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", built.outputFiles[0].text)(
    module,
    module.exports,
    require,
  );
  return module.exports.experimentJsonSchema();
}

main().catch(() => {
  process.exitCode = 1;
});
