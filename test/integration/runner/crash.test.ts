import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { RandomStream } from "../../../src/random/stream";
import { runCli, startCli } from "../support/cli";
import { hashTree, temporaryFolder } from "../support/files";
import { childrenOf, gone } from "../support/processes";

const experiment = {
  name: "crash test",
  train: { model: "mnist-dense", trainingImages: 3000, epochs: 30 },
  runs: 8,
};

/** Everything but times: what must not depend on when, where and how often it was interrupted. */
async function lastingFiles(results: string): Promise<Record<string, string>> {
  const files = await hashTree(results);
  return Object.fromEntries(
    Object.entries(files).filter(([name]) => !/^(log\/|live\.json|index\.jsonl)/.test(name)),
  );
}

/** False where the process had ended by itself. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

describe.runIf(process.platform === "linux")("an experiment whose processes are killed", () => {
  it("goes on and ends with the files of an uninterrupted run", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "crash.odometer.json");
    await writeFile(file, JSON.stringify(experiment));
    const [whole, broken] = [path.join(folder, "whole"), path.join(folder, "broken")];
    const reference = await runCli(["run", file, "--out", whole]);
    expect(reference.stderr).not.toMatch(/failed/);
    expect(reference.code).toBe(0);

    const random = new RandomStream("crash test", process.env["CRASH_SEED"] ?? Date.now());
    let kills = 0;
    for (let round = 0; round < 8; round++) {
      const scheduler = startCli(["run", file, "--out", broken]);
      const ended = once(scheduler, "exit");
      await Promise.race([ended, setTimeout(200 + random.below(1800))]);
      const trainers = childrenOf(scheduler.pid ?? 0);
      if (random.below(3) === 0 && trainers.length > 0) {
        if (kill(trainers[random.below(trainers.length)])) kills++;
        await setTimeout(random.below(500));
      }
      if (kill(scheduler.pid ?? 0)) kills++;
      await ended;
      await gone([...trainers, scheduler.pid ?? 0]);
    }
    expect(kills).toBeGreaterThan(0);

    const last = await runCli(["run", file, "--out", broken]);
    expect(last.code).toBe(0);
    expect(await lastingFiles(broken)).toEqual(await lastingFiles(whole));
    expect(await readdir(path.join(broken, "partial"))).toEqual([]);
  }, 180_000);

  it("replaces a trainer that dies and trains its run again", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "crash.odometer.json");
    await writeFile(file, JSON.stringify({ ...experiment, runs: 3 }));
    const scheduler = startCli(["run", file, "--out", path.join(folder, "out"), "--jobs", "1"]);
    const ended = once(scheduler, "exit") as Promise<[number]>;
    // A run is under way once its folder is there.
    const begun = () => readdir(path.join(folder, "out", "partial")).catch(() => []);
    while ((await begun()).length === 0) await setTimeout(20);
    for (const trainer of childrenOf(scheduler.pid ?? 0)) expect(kill(trainer)).toBe(true);
    expect(await ended).toEqual([0, null]);
    expect(await readdir(path.join(folder, "out", "partial"))).toEqual([]);
  }, 60_000);

  it("leaves no process and no partial run behind when it is told to end", async () => {
    const folder = await temporaryFolder();
    const out = path.join(folder, "out");
    const scheduler = startCli([
      "run",
      "--preset",
      "experiment-1",
      "--model",
      "mnist-dense",
      "--runs",
      "4",
      "--out",
      out,
    ]);
    const ended = once(scheduler, "exit") as Promise<[number]>;
    await setTimeout(3000);
    const trainers = childrenOf(scheduler.pid ?? 0);
    expect(trainers.length).toBeGreaterThan(0);
    process.kill(scheduler.pid ?? 0, "SIGTERM");
    expect(await ended).toEqual([1, null]);
    await gone(trainers);
    expect(await readdir(path.join(out, "partial"))).toEqual([]);
  }, 60_000);
});
