import { once } from "node:events";

/** How often a step is done: untimed at first, the first step among them, then timed. */
export interface Counts {
  readonly warmUp: number;
  readonly timed: number;
}

/**
 * Times steps in turn with side-by-side.mjs, which reads a line of JSON after the first step (what `about` says, and the
 * loss), one after the others of the warm-up, and, when it has written "go", one with the times of each step.
 */
export async function measure(
  step: () => Promise<number>,
  { warmUp, timed }: Counts,
  about: object = {},
): Promise<void> {
  const say = (line: object) => {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  say({ ...about, loss: await step() });
  for (let i = 1; i < warmUp; i++) await step();
  say({});
  await once(process.stdin, "data");
  process.stdin.destroy();
  const seconds: number[] = [];
  const cpuSeconds: number[] = [];
  for (let i = 0; i < timed; i++) {
    const used = process.cpuUsage();
    const start = performance.now();
    await step();
    seconds.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(used);
    cpuSeconds.push((user + system) / 1e6);
  }
  say({ seconds, cpuSeconds, peakMemoryMB: process.resourceUsage().maxRSS / 1000 });
}
