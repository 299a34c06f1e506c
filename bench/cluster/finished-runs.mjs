// A directory of finished runs, as many as one likes: folders with a run.json, and the index a scheduler keeps of them;
// no weights. By the project's own code, so that keys and lines are those of real runs.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * @param {string} out
 * @param {number} count
 */
export async function generateFinishedRuns(out, count) {
  const { plan, placeOf, runKey, entryOf, lineOf } = await modules();
  const experiment = { name: "many", train: { model: "mnist-dense" }, runs: count };
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, "experiment.json"), JSON.stringify(experiment));
  const engine = {
    name: "onnxruntime",
    version: "1.30.0",
    lowering: "plain",
    kernelLevel: "avx2",
    threads: 1,
  };
  const shapes = [[784, 128], [128], [128, 10], [10]];
  const lines = [];
  for (const planned of plan(experiment)) {
    const identity = {
      settings: planned.settings,
      seeds: planned.seeds,
      dataSha256: "0".repeat(64),
      engine,
    };
    const key = runKey(identity);
    const walked = { pathLength: 12.3456789 + planned.run / 1e6, sumSquaredSteps: 1.23456789 };
    const record = {
      format: "weight-odometer run 1",
      key,
      ...identity,
      parameters: 101_770,
      steps: 4690,
      fitted: null,
      checkpoints: [],
      epochLosses: Array.from({ length: 10 }, (_, epoch) => 1 / (epoch + 1)),
      testAccuracy: 0.9123,
      trainAccuracy: { images: 10_000, given: 0.9234, true: 0.9234 },
      labels: null,
      ...walked,
      tensors: shapes.map((shape, i) => ({ name: `dense/${i}`, shape, ...walked })),
    };
    const result = {
      ...placeOf(planned),
      key,
      seeds: planned.seeds,
      distance: 5.4 + planned.run / 1e6,
      relativeDistance: 0.3,
      ...walked,
      testAccuracy: 0.9123,
      trainAccuracy: { given: 0.9234, true: 0.9234 },
      realisedRate: null,
      steps: 4690,
      fitted: null,
      curve: null,
      trainingLoss: 0.1,
      tensors: record.tensors.map((tensor) => ({
        ...tensor,
        distance: 2.7,
        relativeDistance: 0.2,
      })),
    };
    const run = path.join(out, "runs", key.slice(0, 2), key);
    mkdirSync(run, { recursive: true });
    writeFileSync(path.join(run, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
    lines.push(lineOf(entryOf(record, result)));
  }
  writeFileSync(path.join(out, "index.jsonl"), lines.join("\n"));
}

async function modules() {
  const outfile = path.join(root, ".cache/bench/cluster.cjs");
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    stdin: {
      contents: `
        export { plan, placeOf } from "./src/experiment/plan";
        export { runKey } from "./src/experiment/run-record";
        export { entryOf, lineOf } from "./src/experiment/ledger-line";`,
      resolveDir: root,
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
    outfile,
  });
  const bundle = await import(pathToFileURL(outfile).href);
  return bundle.default ?? bundle;
}
