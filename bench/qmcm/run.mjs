// Time of the shortest distances of the paper's simulation (10,000 points of 100 dimensions, r = 10 % and 50 %) beside
// FAISS and scikit-learn:
//   npm run bench -- qmcm [--json] [--repetitions 15] [--threads 2]
// The peers' Python packages are installed on first use, under .cache/. Each computes in a process of its own, which
// loads its library and makes the points, rounded to float32, first; the times are from points to distances, medians
// without the first repetition. Products are float32, ours and theirs. Of r = 10 % and 50 % the ratios are the worse.
import { availableParallelism, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ownProgram } from "../peers/bundle.mjs";
import { peersPython } from "../peers/environment.mjs";
import { median, timed } from "../peers/timed.mjs";

const SHARES = [0.1, 0.5];
const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    repetitions: { type: "string", default: "15" },
    threads: { type: "string", default: String(availableParallelism()) },
  },
});
const { repetitions, threads } = options;

const python = peersPython("numeric");
const program = await ownProgram("bench/qmcm/own.ts");
const load = loadavg()[0];
const peer = (name) => [python, path.join(import.meta.dirname, "peers.py"), name];
const commands = {
  ours: [process.execPath, program],
  faiss: peer("faiss"),
  "scikit-learn": peer("scikit-learn"),
};
const figures = Object.fromEntries(
  Object.entries(commands).map(([name, [command, ...args]]) => [
    name,
    timed(command, [...args, repetitions, threads, ...SHARES], threads).map(
      ({ share, seconds, cpuSeconds, mean }) => ({
        share,
        seconds: median(seconds.slice(1)),
        cpuSeconds: median(cpuSeconds.slice(1)),
        least: Math.min(...seconds),
        mean,
      }),
    ),
  ]),
);
for (const [name, found] of Object.entries(figures))
  found.forEach(({ mean }, i) => {
    // Points of their own: the means differ by chance, about 0.028 / √(10,000).
    if (!(Math.abs(mean - figures.ours[i].mean) < 0.003))
      throw new Error(`${name} has a mean distance of ${mean}, we ${figures.ours[i].mean}.`);
  });
const worst = (key) =>
  Object.fromEntries(
    ["faiss", "scikit-learn"].map((name) => [
      name,
      Math.min(...figures[name].map((found, i) => found[key] / figures.ours[i][key])),
    ]),
  );
const result = {
  ratios: worst("seconds"),
  leastRatios: worst("least"),
  cpuRatios: worst("cpuSeconds"),
  figures,
  load,
};
if (options.json) console.log(JSON.stringify(result));
else {
  for (const [name, found] of Object.entries(figures))
    for (const { share, seconds, least, cpuSeconds } of found)
      console.log(
        `${name.padEnd(14)}r = ${100 * share} %${`${(1000 * seconds).toFixed(1)} ms`.padStart(12)}, at least ${(1000 * least).toFixed(1)} ms, ${(1000 * cpuSeconds).toFixed(1)} ms of processors`,
      );
  const words = Object.entries(result.ratios).map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`);
  console.log(
    `\nTheir time over ours: ${words.join(", ")} (load average before: ${load.toFixed(1)})`,
  );
}
