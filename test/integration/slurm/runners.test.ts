import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Results } from "../../../src/protocol/results";
import { makeRequest, withdrawRequest } from "../../../src/runner/requests";
import { readSnapshot } from "../../../src/runner/follow";
import { output, records, trainCommand, workplace } from "../command/workplace";
import { runCli, startCli } from "../support/cli";
import { temporaryFolder } from "../support/files";
import {
  Site,
  expectAllOnce,
  experimentIn,
  finished,
  lastingFiles,
  obstacle,
  snapshotThat,
} from "./site";

const slurm = { kind: "slurm", pollSeconds: 1, runsPerTask: 1 };
const train = { model: "mnist-dense", trainingImages: 512, epochs: 2 };

/** What every runner keeps to, wherever it executes runs: a new one joins this list. */
describe.each([
  { runner: "local" as const, skipped: false },
  { runner: slurm, skipped: obstacle !== undefined },
])("runner $runner", ({ runner, skipped }) => {
  let site: Site | null = null;
  beforeAll(async () => {
    if (runner !== "local" && !skipped) site = await Site.start();
  }, 120_000);
  afterAll(() => site?.stop(), 60_000);
  const experiment = async (settings: object) =>
    experimentIn(await temporaryFolder(), { train, runner, ...settings });

  it.skipIf(skipped)(
    "ends every run once, tells each one's time, and finds them when called again",
    async () => {
      const { file, directory } = await experiment({ runs: 4 });
      const args = ["run", file, "--out", directory.root, "--json"];
      const first = await runCli(args);
      expect(first).toMatchObject({ code: 0 });
      expectAllOnce((JSON.parse(first.stdout) as Results).runResults, 4);
      const live = await readSnapshot(directory);
      for (const run of live?.runs ?? [])
        expect(run).toMatchObject({ state: "finished", seconds: expect.any(Number) as number });
      const files = await lastingFiles(directory.root);
      const again = await runCli(args);
      expect(again.stdout).toBe(first.stdout);
      expect(await lastingFiles(directory.root)).toEqual(files);
      await site?.quiet();
    },
    180_000,
  );

  it.skipIf(skipped)(
    "begins nothing while it is paused, goes on, and is cancelled without a trace",
    async () => {
      const { file, directory } = await experiment({
        train: { ...train, trainingImages: 2560, epochs: 60 },
        runs: 24,
      });
      const running = runCli(["run", file, "--out", directory.root]);
      await snapshotThat(directory, (snapshot) => finished(snapshot) >= 1);
      await makeRequest(directory, "pause");
      await snapshotThat(directory, ({ state }) => state === "paused");
      // What is under way may be stopped at once, or end first; then nothing comes any more.
      const count = async () => (await readdir(path.join(directory.root, "runs"))).length;
      let settled = -1;
      while (settled !== (await count())) {
        settled = await count();
        await setTimeout(8000);
      }
      expect(settled).toBeLessThan(24);
      await withdrawRequest(directory, "pause");
      await snapshotThat(directory, (snapshot) => finished(snapshot) > settled);
      await makeRequest(directory, "cancel");
      expect(await running).toMatchObject({ code: 1 });
      expect(await readdir(directory.partialRoot())).toEqual([]);
      await site?.quiet();
    },
    300_000,
  );

  it.skipIf(skipped)(
    "executes the user's own command: the same weights wherever, and its output beside them",
    async () => {
      const train = { command: trainCommand() };
      const [here, local] = await Promise.all([
        workplace({ train, runs: 3, runner }),
        workplace({ train, runs: 3 }),
      ]);
      for (const { file, out } of [here, local])
        expect(await runCli(["run", file, "--out", out])).toMatchObject({ code: 0 });
      await site?.quiet();
      const made = await records(here);
      expect(made.map(({ seeds }) => seeds.order)).toEqual([0, 1, 2]);
      expect(made).toEqual(await records(local));
      for (const { key } of made) {
        const [one, other] = [here, local].map(({ directory }) =>
          readFile(path.join(directory.runFolder(key), "final.npz")),
        );
        expect((await one).equals(await other)).toBe(true);
        expect(await output(here, key)).not.toBe("");
      }
    },
    180_000,
  );

  it.skipIf(skipped)(
    "is followed by a second call, and goes on where a killed scheduler left it",
    async () => {
      const { file, directory } = await experiment({
        train: { ...train, trainingImages: 2560 },
        runs: 6,
      });
      const args = ["run", file, "--out", directory.root, "--json"];
      const first = startCli(args);
      await snapshotThat(directory, (snapshot) => finished(snapshot) >= 1);
      const beside = runCli(args);
      await setTimeout(1000);
      first.kill("SIGKILL");
      expect((await beside).stderr).toContain("following it");
      const done = await runCli(args);
      expect(done).toMatchObject({ code: 0 });
      expectAllOnce((JSON.parse(done.stdout) as Results).runResults, 6);
      await site?.quiet();
    },
    180_000,
  );
});
