// Time of classical MDS (Algorithm 1) of networks read from disk, beside scikit-learn and NumPy with SciPy:
//   npm run bench -- map [--json] [--states 2000] [--threads 2] [--scaling 500,1000,2000,4000]
// The peers' Python packages are installed on first use, the states written (2 GB), both under .cache/. All read the
// same files from a warm page cache, each in a process of its own; the times are from opening the files to positions in
// three dimensions. We multiply in float32 what float32 gives to 1e-6 of a squared distance, NumPy in float64.
// "inMemory" leaves out the peers' reading, not ours. The peak of memory is that of the whole process.
import { availableParallelism, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { cache } from "../../scripts/lib/paths.mjs";
import { ownProgram } from "../peers/bundle.mjs";
import { peersPython } from "../peers/environment.mjs";
import { timed } from "../peers/timed.mjs";
import { PARAMETERS, writeStates } from "./states.mjs";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    states: { type: "string", default: "2000" },
    threads: { type: "string", default: String(availableParallelism()) },
    scaling: { type: "string", default: "500,1000,2000,4000" },
  },
});
const [n, threads] = [options.states, options.threads].map(Number);
const sizes = options.scaling.split(",").filter(Boolean).map(Number);
const folder = path.join(cache, "bench/map/states");
const peers = path.join(import.meta.dirname, "peers.py");
const note = (text) => console.error(text);

note("Preparing packages, our program and the states.");
const python = peersPython("numeric");
const program = await ownProgram("bench/map/own.ts");
writeStates(folder, Math.max(n, ...sizes));
const load = loadavg()[0];
const ours = (states) => timed(process.execPath, [program, folder, states, threads], threads);
const peer = (name) => timed(python, [peers, name, folder, n], threads);

note(`Measuring ${n} states of ${PARAMETERS} parameters on ${threads} threads.`);
ours(n);
const times = { ours: ours(n), numpy: peer("numpy"), "scikit-learn": peer("scikit-learn") };
const agreement = Math.max(
  ...["numpy", "scikit-learn"].flatMap((name) =>
    times[name].eigenvalues.map((value, i) => Math.abs(times.ours.eigenvalues[i] / value - 1)),
  ),
);
if (!(agreement < 1e-6)) throw new Error(`Eigenvalues differ by ${agreement}.`);
const against = (figure) => ({
  "scikit-learn": figure(times["scikit-learn"]) / times.ours.seconds,
  numpy: figure(times.numpy) / times.ours.seconds,
});
const scaling = sizes.map((states) => {
  const { seconds, cpuSeconds, peakMemoryMB } = ours(states);
  return { states, seconds, cpuSeconds, peakMemoryMB, matrixMB: (8 * states ** 2) / 1e6 };
});
const result = {
  ratios: against(({ seconds }) => seconds),
  inMemory: against(({ seconds, readSeconds }) => seconds - readSeconds),
  cpuRatios: {
    "scikit-learn": times["scikit-learn"].cpuSeconds / times.ours.cpuSeconds,
    numpy: times.numpy.cpuSeconds / times.ours.cpuSeconds,
  },
  peakMemoryMB: times.ours.peakMemoryMB,
  matrixMB: (8 * n ** 2) / 1e6,
  scaling,
  times,
  load,
};
if (options.json) console.log(JSON.stringify(result));
else {
  const row = (name, { seconds, cpuSeconds, peakMemoryMB }) =>
    [
      name.padEnd(14),
      `${seconds.toFixed(1)} s`.padStart(9),
      `${cpuSeconds.toFixed(1)} s of processors`.padStart(24),
      `${peakMemoryMB.toFixed(0)} MB`.padStart(10),
    ].join("");
  for (const [name, figures] of Object.entries(times)) console.log(row(name, figures));
  for (const figures of scaling) console.log(row(`${figures.states} states`, figures));
  const words = Object.entries(result.ratios).map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`);
  console.log(
    `\nTheir time over ours: ${words.join(", ")} (load average before: ${load.toFixed(1)})`,
  );
}
