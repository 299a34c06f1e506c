// Time of training steps in two single-threaded processes side by side, beside eager PyTorch and TensorFlow in graph
// mode with the same layers, initial weights, images and optimizer:
//   npm run bench -- training [--json] [--model NAME] [--steps N] [--lowering plain] [--profile]
// Prints the median step of both processes, of so many in one round (or as `models` says). The ratio is the faster
// peer's time over ours; of PyTorch the better of channels first and channels last counts. `peakShare` is what we reach of the fastest product of two matrices, of ONNX
// Runtime's and PyTorch's, counting the multiply-adds of products and convolutions. --profile says where our time goes,
// by ONNX Runtime's operators. The peers' Python packages are installed on first use, under .cache/ (5 GB).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { cache } from "../../scripts/lib/paths.mjs";
import { ownProgram } from "../peers/bundle.mjs";
import { peersPython } from "../peers/environment.mjs";
import { median } from "../peers/timed.mjs";
import { sideBySide } from "./side-by-side.mjs";

/** Rows of a batch, timed steps in each round of each process, and rounds, each in new processes. */
const models = {
  "mnist-dense": { rows: 128, steps: 500, rounds: 2 },
  "tf-mnist": { rows: 128, steps: 40, rounds: 2 },
  "tf-cnn": { rows: 128, steps: 30, rounds: 2 },
  googlenet: { rows: 8, steps: 5, rounds: 1 },
  resnet: { rows: 8, steps: 3, rounds: 1 },
  vgg: { rows: 4, steps: 3, rounds: 1 },
  alexnet: { rows: 32, steps: 4, rounds: 1 },
  "yolo-v3": { rows: 1, steps: 3, rounds: 1 },
};
/** Small: nothing is to be learned from random images. */
const LEARNING_RATE = 0.001;
/** Rows and columns of the matrices whose product shows the peak. */
const ORDER = 1536;

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    model: { type: "string" },
    steps: { type: "string" },
    lowering: { type: "string", default: "auto" },
    profile: { type: "boolean", default: false },
  },
});
const names = options.model === undefined ? Object.keys(models) : [options.model];
for (const name of names)
  if (!(name in models)) throw new Error(`--model is one of ${Object.keys(models).join(", ")}.`);
const note = (text) => console.error(text);
const program = (name) => ownProgram(`bench/training/${name}.ts`);

if (options.profile) {
  const profile = await program("profile");
  for (const name of names) {
    console.log(`\n${name}`);
    const { rows, steps } = models[name];
    const args = [profile, name, rows, options.steps ?? steps];
    spawnSync(process.execPath, args.map(String), { stdio: "inherit" });
  }
} else {
  await compare();
}

async function compare() {
  const python = { pytorch: peersPython("torch"), tensorflow: peersPython("tensorflow") };
  const script = (name) => path.join(import.meta.dirname, `with_${name}.py`);
  const [describe, own, peak] = await Promise.all(["describe", "own", "peak"].map(program));
  // Ours are started as trainers are.
  const { trainerEnvironment } = await import(
    await ownProgram("src/runner/trainer-environment.ts")
  );
  const load = loadavg()[0];

  note("Measuring the peak.");
  const products = [
    await sideBySide(process.execPath, [peak, ORDER, 2, 20]),
    await sideBySide(python.pytorch, [script("pytorch"), "product", ORDER, 2, 20]),
  ];
  const peakGflops =
    (2 * ORDER ** 3) / Math.min(...products.flatMap(({ cpuSeconds }) => cpuSeconds)) / 1e9;

  const results = {};
  for (const name of names) {
    const folder = mkdtempSync(path.join(cache, "bench/training-"));
    try {
      results[name] = await measured(name, folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
    print(name, results[name]);
  }
  if (options.json) console.log(JSON.stringify({ models: results, peakGflops, load }));
  else console.log(`Peak ${peakGflops.toFixed(1)} GFLOP/s; load average before ${load.toFixed(1)}`);

  async function measured(name, folder) {
    const asked = options.steps && { steps: Number(options.steps), rounds: 1 };
    const { rows, steps, rounds } = { ...models[name], ...asked };
    const counts = [LEARNING_RATE, Math.ceil(steps / 10) + 1, steps];
    spawnSync(process.execPath, [describe, name, String(rows), folder], { stdio: "inherit" });
    const { parameters, operations } = JSON.parse(
      readFileSync(path.join(folder, "description.json"), "utf8"),
    );
    const loads = [loadavg()[0]];
    const commands = {
      ours: [process.execPath, own, name, rows, ...counts, options.lowering],
      "pytorch nchw": [python.pytorch, script("pytorch"), "nchw", folder, ...counts],
      "pytorch nhwc": [python.pytorch, script("pytorch"), "channels-last", folder, ...counts],
      tensorflow: [python.tensorflow, script("tensorflow"), folder, ...counts],
    };
    const found = {};
    for (let round = 0; round < rounds; round++)
      for (const [engine, [command, ...args]] of Object.entries(commands)) {
        note(`${name}: ${engine}`);
        const environment = engine === "ours" ? trainerEnvironment() : process.env;
        (found[engine] ??= []).push(await attempt(name, parameters, command, args, environment));
      }
    loads.push(loadavg()[0]);
    const figures = Object.fromEntries(
      Object.entries(found).map(([engine, tries]) => [engine, summary(tries)]),
    );
    const of = (key) =>
      Object.fromEntries(
        Object.entries(figures).map(([engine, own]) => [engine, own?.[key] ?? null]),
      );
    const seconds = perEngine(of("seconds"));
    const cpuSeconds = perEngine(of("cpuSeconds"));
    return {
      ...seconds,
      ratio: ratio(seconds),
      cpuRatio: ratio(cpuSeconds),
      peakShare: share(operations, seconds.ours),
      cpuPeakShare: share(operations, cpuSeconds.ours),
      parameters,
      gflop: operations / 1e9,
      lowering: figures.ours?.lowering ?? null,
      seconds: of("seconds"),
      cpuSeconds: of("cpuSeconds"),
      memoryMB: of("memoryMB"),
      firstStepSeconds: of("firstStepSeconds"),
      firstLoss: of("loss"),
      loads,
    };
  }

  function share(operations, seconds) {
    return seconds === null ? null : operations / seconds / 1e9 / peakGflops;
  }
}

/** One pair of processes; null, and the reason on the console, where they fail or train another model. */
async function attempt(model, parameters, command, args, environment) {
  try {
    const found = await sideBySide(command, args, environment);
    if ((found.parameters ?? parameters) !== parameters)
      throw new Error(`It has ${found.parameters} parameters, ours ${parameters}.`);
    return found;
  } catch (error) {
    note(`${model} failed: ${error.message}`);
    return null;
  }
}

/** Medians over all rounds; null where one failed. */
function summary(tries) {
  if (tries.includes(null)) return null;
  return {
    ...tries[0],
    seconds: median(tries.flatMap(({ seconds }) => seconds)),
    cpuSeconds: median(tries.flatMap(({ cpuSeconds }) => cpuSeconds)),
    memoryMB: Math.max(...tries.map(({ memoryMB }) => memoryMB)),
    firstStepSeconds: median(tries.map(({ firstStepSeconds }) => firstStepSeconds)),
  };
}

/** Of PyTorch's two layouts the better. */
function perEngine({ ours, tensorflow, ...pytorch }) {
  return { ours, pytorch: least(Object.values(pytorch)), tensorflow };
}

function ratio({ ours, pytorch, tensorflow }) {
  const peer = least([pytorch, tensorflow]);
  return ours === null || peer === null ? null : peer / ours;
}

/** The least that is there; null where none is. */
function least(values) {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : Math.min(...there);
}

function print(name, found) {
  const time = (seconds) => (seconds === null ? "failed" : `${(1000 * seconds).toPrecision(4)} ms`);
  const percent = (share) => (share === null ? "" : `${(100 * share).toFixed(0)} %`);
  const parts = ["ours", "pytorch", "tensorflow"].map(
    (engine) => `${engine} ${time(found[engine])}`,
  );
  note(
    [
      name.padEnd(12),
      ...parts,
      `ratio ${found.ratio?.toFixed(2)} (processor time ${found.cpuRatio?.toFixed(2)})`,
      `${percent(found.peakShare)} of the peak`,
      `ours ${found.memoryMB.ours?.toFixed(0)} MB, first step ${found.firstStepSeconds.ours?.toFixed(1)} s`,
      `load ${found.loads.map((load) => load.toFixed(1)).join(" to ")}`,
    ].join("  "),
  );
}
