// Times our comparison of two files, all figures, from opening to closing: A B REPETITIONS.
import { openCheckpoint } from "../../src/checkpoint/open";
import { compareCheckpoints } from "../../src/distance/compare-checkpoints";

async function main([first = "", second = "", repetitions = "1"]: readonly string[]) {
  const seconds: number[] = [];
  let distance: number | null = null;
  for (let i = 0; i < Number(repetitions); i++) {
    const start = performance.now();
    const [a, b] = await Promise.all([openCheckpoint(first), openCheckpoint(second)]);
    ({ distance } = await compareCheckpoints(a, b));
    await Promise.all([a.close(), b.close()]);
    seconds.push((performance.now() - start) / 1000);
  }
  console.log(JSON.stringify({ seconds, distance }));
}

void main(process.argv.slice(2));
