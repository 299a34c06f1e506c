// Times of the map's parts beside NumPy, SciPy and scikit-learn, on generated states:
//   node bench/map/run.mjs [--states 2000] [--parameters 122570] [--threads 2] [--python python3]
// Prints seconds and ratios; a ratio below 1 means faster than the peer. Needs about states * parameters * 4 bytes
// in the temporary directory. Without Python or its packages only our own times are printed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");
const { values: options } = parseArgs({
  options: {
    states: { type: "string", default: "2000" },
    parameters: { type: "string", default: "122570" },
    threads: { type: "string", default: "2" },
    python: { type: "string", default: "python3" },
  },
});
const [n, parameters, threads] = [options.states, options.parameters, options.threads].map(Number);
const iterations = 50;

/** Our own functions, bundled inside the repository so that native packages are found from there. */
async function ownFunctions() {
  const outfile = path.join(root, ".cache/bench-map.cjs");
  mkdirSync(path.dirname(outfile), { recursive: true });
  const files = [
    "checkpoint/write-safetensors",
    "map/analyse-states",
    "map/double-centre",
    "map/classical",
    "map/smacof",
    "map/stress",
    "random/stream",
  ];
  await build({
    stdin: {
      contents: files.map((file) => `export * from "./src/${file}";`).join("\n"),
      resolveDir: root,
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["onnxruntime-node"],
  });
  return createRequire(import.meta.url)(outfile);
}

/** States around a common point, with a share of structure so that eigenvalues lie apart. */
async function writeStates({ RandomStream, writeSafetensors }, directory) {
  const stream = new RandomStream("bench", "map");
  const noise = Float32Array.from({ length: 1 << 20 }, () => 0.05 * stream.normal());
  const directions = Array.from({ length: 3 }, () =>
    Float32Array.from({ length: parameters }, () => 0.003 * stream.normal()),
  );
  const files = [];
  for (let i = 0; i < n; i++) {
    const weights = directions.map((_, k) => (3 - k) * stream.normal());
    const start = stream.below(noise.length);
    const values = new Float32Array(parameters);
    for (let c = 0; c < parameters; c++) {
      values[c] = noise[(start + c * 7919) % noise.length];
      for (let k = 0; k < 3; k++) values[c] += weights[k] * directions[k][c];
    }
    files.push({ path: path.join(directory, `${i}.safetensors`) });
    await writeSafetensors(files[i].path, [{ name: "weights", shape: [parameters], values }]);
  }
  return files;
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1000, result };
}

async function ownTimes(own, files) {
  await own.distancesOfFiles(files.slice(0, 4), { threads });
  const gram = await timed(() => own.distancesOfFiles(files, { threads }));
  const distances = gram.result;
  const classical = await timed(() => own.spectrum(own.doubleCentred(distances, n), n));
  const positions = own.randomStart(distances, n, 3, "bench");
  const metric = await timed(() => {
    const steps = own.majorise(distances, positions, 3, iterations);
    while (!steps.next().done);
  });
  const eigenvalues = classical.result.pairs.slice(0, 3).map(({ value }) => value);
  return {
    "distances of states, files read": gram.seconds,
    "top eigenpairs (ours 10, peer 3)": classical.seconds,
    [`${iterations} SMACOF iterations`]: metric.seconds,
    eigenvalues,
  };
}

const directory = mkdtempSync(path.join(tmpdir(), "bench-map-"));
try {
  const own = await ownFunctions();
  const written = await timed(() => writeStates(own, directory));
  console.log(`${n} states of ${parameters} written in ${written.seconds.toFixed(1)} s`);
  const ours = await ownTimes(own, written.result);
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
  const script = path.join(here, "peer.py");
  const python = spawnSync(options.python, [script, directory, String(n), String(iterations)], {
    encoding: "utf8",
    env: {
      ...process.env,
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
    },
  });
  const theirs = python.status === 0 ? JSON.parse(python.stdout) : null;
  if (!theirs) console.log(`no peer: ${python.error ?? python.stderr.trim().split("\n").at(-1)}`);
  for (const [name, seconds] of Object.entries(ours)) {
    if (name === "eigenvalues") continue;
    const peer = theirs?.[Object.keys(ours).indexOf(name)];
    const ratio = peer ? `   peer ${peer.toFixed(2)} s   ratio ${(seconds / peer).toFixed(2)}` : "";
    console.log(`${name}: ${seconds.toFixed(2)} s${ratio}`);
  }
  console.log(`eigenvalues: ours ${ours.eigenvalues}${theirs ? `, peer ${theirs[3]}` : ""}`);
} finally {
  if (existsSync(directory)) rmSync(directory, { recursive: true });
}
