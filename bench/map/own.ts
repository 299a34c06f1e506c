// Times Algorithm 1 on the states in a folder, from opening the files to positions: FOLDER STATES THREADS.
import path from "node:path";
import { distancesOfFiles } from "../../src/map/analyse-states";
import { classicalPositions, spectrum } from "../../src/map/classical";
import { doubleCentre } from "../../src/map/double-centre";

async function main([folder = "", states = "", threads = ""]: readonly string[]) {
  const n = Number(states);
  const files = Array.from({ length: n }, (_, i) => ({
    path: path.join(folder, `${i}.safetensors`),
  }));
  const start = performance.now();
  const used = process.cpuUsage();
  const axes = await classicalMap(files, n, Number(threads));
  const { user, system } = process.cpuUsage(used);
  console.log(
    JSON.stringify({
      seconds: (performance.now() - start) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakMemoryMB: process.resourceUsage().maxRSS / 1000,
      eigenvalues: axes.pairs.slice(0, 3).map(({ value }) => value),
    }),
  );
}

async function classicalMap(files: readonly { path: string }[], n: number, threads: number) {
  const matrix = await distancesOfFiles(files, { threads });
  doubleCentre(matrix, n);
  const axes = spectrum(matrix, n);
  classicalPositions(axes, 3);
  return axes;
}

void main(process.argv.slice(2));
