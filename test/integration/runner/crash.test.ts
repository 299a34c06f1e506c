import { once } from "node:events";
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { runCli, startCli } from "../support/cli";
import { hashTree, temporaryFolder } from "../support/files";
import { killStorm } from "../support/kill-storm";
import { childrenOf, gone } from "../support/processes";

const experiment = {
  name: "crash test",
  train: { model: "mnist-dense", trainingImages: 1000, epochs: 20 },
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
    await writeFile(file, JSON.stringify({ ...experiment, runs: 12 }));
    const [whole, broken] = [path.join(folder, "whole"), path.join(folder, "broken")];
    expect((await runCli(["run", file, "--out", whole])).code).toBe(0);
    const expected = await lastingFiles(whole);
    await killStorm({
      name: "built-in models",
      run: () => ["run", file, "--out", broken],
      kinds: ["scheduler", "child"],
      ended: async () => {
        expect(await lastingFiles(broken)).toEqual(expected);
        expect(await readdir(path.join(broken, "partial"))).toEqual([]);
        await rm(broken, { recursive: true });
      },
    });
  }, 240_000);

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
