import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import type { LiveSnapshot } from "../../../src/protocol/live";
import type { Results } from "../../../src/protocol/results";
import { runCli, startCli } from "../support/cli";
import { records, trainCommand, workplace, type Workplace } from "./workplace";

const accuracy = { file: "metrics.jsonl", key: "test_accuracy" };
const loss = { file: "metrics.jsonl", key: "loss" };

async function run(place: Workplace, experiment: object): Promise<Results> {
  await writeFile(place.file, JSON.stringify(experiment));
  const { code, stderr } = await runCli(["run", place.file, "--out", place.out]);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return JSON.parse(await readFile(path.join(place.out, "results.json"), "utf8")) as Results;
}

/** The losses that a run wrote, read without the program's own readers. */
async function losses(place: Workplace, key: string): Promise<number[]> {
  const file = path.join(place.directory.runFolder(key), "metrics.jsonl");
  const rows = (await readFile(file, "utf8")).trim().split("\n");
  return rows.flatMap((row) => (JSON.parse(row) as { loss?: number }).loss ?? []);
}

it("draws metrics over the training, level by level, and reads them anew without training when they change", async () => {
  const experiment = (metrics: object) => ({
    train: { command: trainCommand(), metrics },
    runs: 2,
    levels: { labelCorruption: [0, 1], kind: "shuffle" },
    keep: "final",
  });
  const place = await workplace({});
  const first = await run(place, experiment({ testAccuracy: accuracy }));
  expect(first.metrics.map(({ name, curve }) => [name, curve])).toEqual([["testAccuracy", null]]);
  const times = await readFile(path.join(place.out, "log/times.jsonl"), "utf8");

  const second = await run(place, experiment({ loss, testAccuracy: accuracy }));
  expect(await readFile(path.join(place.out, "log/times.jsonl"), "utf8")).toBe(times);
  expect(second.metrics.map(({ name }) => name)).toEqual(["loss", "testAccuracy"]);
  const steps = [5, 10, 15, 20, 25, 30, 35, 40];
  for (const [level, value] of [0, 1].entries()) {
    const curve = second.metrics[0].levelCurves[level];
    expect(curve).toMatchObject({ axis: "step", at: steps, runs: 2, interpolated: false });
    const runs = second.runResults.filter((one) => one.level?.value === value);
    const [a, b] = await Promise.all(runs.map(({ key }) => losses(place, key)));
    a.forEach((one, i) => {
      expect(curve?.mean[i]).toBeCloseTo((one + b[i]) / 2, 12);
      expect(curve?.std?.[i]).toBeCloseTo(Math.abs(one - b[i]) / Math.SQRT2, 12);
    });
    expect(runs.map(({ metrics }) => metrics["loss"])).toEqual([a.at(-1), b.at(-1)]);
  }
  // All but the metrics is as it was measured, of weights that were removed since, too.
  const without = ({ runResults }: Results) => runResults.map((one) => ({ ...one, metrics: {} }));
  expect(without(second)).toEqual(without(first));

  const [{ key }] = await records(place);
  await rm(path.join(place.directory.runFolder(key), "metrics.jsonl"));
  const third = await run(place, experiment({ loss, testAccuracy: loss }));
  // What was read before stays; what would have to be read now cannot be had.
  expect(third.metrics[0]).toMatchObject({ name: "loss", missing: 0, problems: [] });
  expect(third.metrics[0].levelCurves).toEqual(second.metrics[0].levelCurves);
  const problem = "metrics.jsonl: there is no such file";
  expect(third.metrics[1]).toMatchObject({ missing: 1, problems: [{ problem, runs: 1 }] });
  const report = await runCli(["report", place.out]);
  expect(report.stdout).toContain(`testAccuracy: not told by 1 run: ${problem}.`);
}, 60_000);

it("tells the last values, the time taken and what is left while a command is under way", async () => {
  const train = { command: trainCommand("--delay", "0.25"), metrics: { loss } };
  const place = await workplace({ train, runs: 2 });
  const scheduler = startCli(["run", place.file, "--out", place.out, "--jobs", "1"]);
  const ended = once(scheduler, "exit");
  const status = async (wanted: RegExp) => {
    for (let waited = 0; waited < 40_000; waited += 200) {
      const { stdout } = await runCli(["status", place.out]);
      if (wanted.test(stdout)) return stdout;
      await setTimeout(200);
    }
    throw new Error(`status never said ${wanted.source}`);
  };
  const first = await status(/Run 0: step \d+, distance [\d.]+, loss [\d.]+ · \d+ s\. /);
  expect(first).toContain("no run of this experiment is finished to judge it by");
  const second = await status(/Run 1: step .* · \d+ s, about \d+ s left\. /);
  expect(second).toContain("by the step of its last checkpoint among those of 1 finished run.");
  const live = JSON.parse(await readFile(place.directory.liveFile(), "utf8")) as LiveSnapshot;
  expect(live.secondsLeft).toBeGreaterThan(0);
  expect(await ended).toEqual([0, null]);
}, 120_000);
