// Milliseconds per training step of each built-in model in each lowering, all included: dropout masks, the
// call into ONNX Runtime and what comes back. Usage: node bench/training/step.mjs [model ...] [--rows 128]
// [--threads 1] [--seconds 5]
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const outfile = path.join(root, ".cache/bench/training.cjs");
mkdirSync(path.dirname(outfile), { recursive: true });
await build({
  stdin: {
    contents: `
      export { createOnnxEngine } from "./src/training/engines/onnx-engine";
      export { modelDefinition } from "./src/training/models";`,
    resolveDir: root,
  },
  bundle: true,
  platform: "node",
  format: "cjs",
  external: ["onnxruntime-node"],
  logLevel: "error",
  outfile,
});
const bundle = await import(pathToFileURL(outfile).href);
const { createOnnxEngine, modelDefinition } = bundle.default ?? bundle;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "128" },
    threads: { type: "string", default: "1" },
    seconds: { type: "string", default: "5" },
  },
});
const rows = Number(values.rows);
const models = positionals.length > 0 ? positionals : ["mnist-dense", "tf-cnn", "tf-mnist"];

for (const model of models) {
  const { inputShape, outputs } = modelDefinition(model);
  const size = rows * inputShape.reduce((product, length) => product * length, 1);
  const batch = {
    rows,
    images: Float32Array.from({ length: size }, (_, i) => ((i * 7919) % 256) / 255),
    targets: [Int32Array.from({ length: rows }, (_, row) => row % Math.max(2, outputs))],
  };
  for (const lowering of ["auto", "plain"]) {
    const start = performance.now();
    const engine = await createOnnxEngine({
      model,
      lowering,
      initialWeights: 1,
      dropout: 1,
      threads: Number(values.threads),
      batchSize: rows,
    });
    const ready = performance.now() - start;
    const times = [];
    for (const end = performance.now() + 1000 * Number(values.seconds); performance.now() < end;) {
      const before = performance.now();
      await engine.step(batch, 0.001);
      times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
    console.log(
      [
        model.padEnd(12),
        engine.description.lowering.padEnd(8),
        engine.description.kernelLevel,
        `start ${ready.toFixed(0)} ms`,
        `step min ${times[0].toFixed(2)} ms`,
        `median ${times[times.length >> 1].toFixed(2)} ms`,
        `(${times.length} steps)`,
      ].join("  "),
    );
    await engine.dispose();
  }
}
