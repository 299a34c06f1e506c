// What a cluster costs beside the training: seconds per run at 1, 10 and 100 runs per task on a private Slurm of two
// virtual nodes, from the last result to "finished", and how long 100,000 finished runs take to open.
// Usage: npm run bench -- cluster [--json] [--runs 100] [--finished 100000]. Debian as root; `npm run build` first.
import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { PrivateSlurm, ensureSlurm, slurmObstacle } from "../../scripts/lib/slurm.mjs";
import { generateFinishedRuns } from "./finished-runs.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const cli = path.join(root, "dist/cli.js");
const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    runs: { type: "string", default: "100" },
    finished: { type: "string", default: "100000" },
  },
});
const runs = Number(values.runs);
const folder = mkdtempSync(path.join(tmpdir(), "weight-odometer-bench-"));
chmodSync(folder, 0o755);
const result = { runs, perTask: [], ledger: null };
try {
  await ensureSlurm();
  const obstacle = slurmObstacle();
  if (obstacle !== undefined) throw new Error(`No Slurm here: ${obstacle}.`);
  const slurm = await PrivateSlurm.start(path.join(folder, "slurm"));
  try {
    for (const perTask of [1, 10, 100]) result.perTask.push(await measure(slurm, perTask));
  } finally {
    await slurm.stop();
  }
  result.ledger = await measureLedger(Number(values.finished));
  report();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One experiment: what its runs took, and what else there was, per run. */
async function measure(slurm, perTask) {
  const out = path.join(folder, `out-${perTask}`);
  const file = path.join(folder, "bench.odometer.json");
  const train = { model: "mnist-dense", trainingImages: 256, epochs: 1 };
  const runner = { kind: "slurm", pollSeconds: 2, runsPerTask: perTask };
  writeFileSync(file, JSON.stringify({ train, runs, runner }));
  let noticed = null;
  const watch = setInterval(() => {
    if (noticed === null && stateIn(out) === "analysing") noticed = Date.now();
  }, 50);
  const { seconds } = await command(["run", file, "--out", out, "--json"], slurm.env);
  clearInterval(watch);
  const times = readFileSync(path.join(out, "log/times.jsonl"), "utf8")
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  const training = times.reduce((sum, time) => sum + time.seconds, 0);
  const places = runFolders(out).map((run) => statSync(run));
  const [first, last] = [Math.min(...births(places)), Math.max(...births(places))];
  const nodes = Math.min(2, Math.ceil(runs / perTask));
  const end = JSON.parse(readFileSync(path.join(out, "live.json"), "utf8"));
  return {
    runsPerTask: perTask,
    tasks: Math.ceil(runs / perTask),
    secondsInAll: seconds,
    /** Time of the nodes in use between the start and the last result, less the training itself. */
    overheadSecondsPerRun: (nodes * ((last - end.startedAt) / 1000) - training) / runs,
    trainingSecondsPerRun: training / runs,
    submissionToFirstResultSeconds: (first - end.startedAt) / 1000,
    /** To notice it and to leave Slurm, before maps are made. */
    lastResultToAnalysisSeconds: noticed === null ? null : (noticed - last) / 1000,
    lastResultToFinishedSeconds: (end.updatedAt - last) / 1000,
  };
}

function stateIn(out) {
  try {
    return JSON.parse(readFileSync(path.join(out, "live.json"), "utf8")).state;
  } catch {
    return null;
  }
}

function births(stats) {
  return stats.map(({ ctimeMs }) => ctimeMs);
}

function runFolders(out) {
  const top = path.join(out, "runs");
  return readdirSync(top).flatMap((prefix) =>
    readdirSync(path.join(top, prefix)).map((key) => path.join(top, prefix, key)),
  );
}

async function measureLedger(count) {
  const out = path.join(folder, "ledger");
  await generateFinishedRuns(out, count);
  const status = () => command(["status", out, "--json"]);
  // The first call has the index only; the last reads results.json too.
  const times = [await status(), await status(), await status()].map(({ seconds }) => seconds);
  const { stdout } = await status();
  return {
    finishedRuns: JSON.parse(stdout).finished,
    statusSeconds: Math.min(...times),
    indexMegabytes: statSync(path.join(out, "index.jsonl")).size / 2 ** 20,
  };
}

async function command(args, env = {}) {
  const start = performance.now();
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (text) => (stdout += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`weight-odometer ${args.join(" ")} ended with code ${code}`);
  return { stdout, seconds: (performance.now() - start) / 1000 };
}

function report() {
  if (values.json) {
    console.log(JSON.stringify(result));
    return;
  }
  for (const one of result.perTask)
    console.log(
      Object.entries(one)
        .map(([name, value]) => `${name} ${typeof value === "number" ? value.toFixed(3) : value}`)
        .join("  "),
    );
  console.log(result.ledger);
}
