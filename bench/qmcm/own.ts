// Times our shortest distances for several shares r: REPETITIONS THREADS SHARE...
import { setImmediate } from "node:timers/promises";
import { loadLargestProducts } from "../../src/qmcm/largest-products";
import { shortestDistances } from "../../src/qmcm/shortest-distances";
import { spherePoints } from "../../src/qmcm/sphere-points";
import { unitPoints } from "../../src/qmcm/unit-points";

const POINTS = 10_000;
const DIMENSIONS = 100;

async function main([repetitions = "1", threads = "1", ...shares]: readonly string[]) {
  const points = unitPoints(spherePoints(POINTS, DIMENSIONS, "bench"), DIMENSIONS);
  const products = await loadLargestProducts(Number(threads));
  const figures: object[] = [];
  for (const share of shares) {
    const seconds: number[] = [];
    const cpuSeconds: number[] = [];
    let mean = 0;
    for (let i = 0; i < Number(repetitions); i++) {
      const start = performance.now();
      const used = process.cpuUsage();
      // As the command does it, pauses between blocks among it.
      const onBlock = () => setImmediate();
      const counts = [Math.round(Number(share) * POINTS)];
      const [distances] = await shortestDistances(points, counts, "rest", { products, onBlock });
      const { user, system } = process.cpuUsage(used);
      seconds.push((performance.now() - start) / 1000);
      cpuSeconds.push((user + system) / 1e6);
      mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    }
    figures.push({ share: Number(share), seconds, cpuSeconds, mean });
  }
  await products.release();
  console.log(JSON.stringify(figures));
}

void main(process.argv.slice(2));
