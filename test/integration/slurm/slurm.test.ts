import { once } from "node:events";
import { readFile, readdir, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Results } from "../../../src/protocol/results";
import { makeRequest } from "../../../src/runner/requests";
import { runCli, startCli } from "../support/cli";
import { python } from "../command/workplace";
import { temporaryFolder } from "../support/files";
import {
  Site,
  eventually,
  expectAllOnce,
  experimentIn,
  finished,
  lastingFiles,
  obstacle,
  snapshotThat,
  tmpfs,
} from "./site";

const runner = { kind: "slurm", pollSeconds: 1 };
const small = { train: { model: "mnist-dense", trainingImages: 256, epochs: 2 } };
const longer = { train: { model: "mnist-dense", trainingImages: 2560, epochs: 8 } };

function kill(pids: readonly number[]): void {
  for (const pid of pids)
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
}

describe.skipIf(obstacle !== undefined)("experiments on a real Slurm of two nodes", () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.start();
  }, 120_000);
  afterAll(async () => {
    await site.stop();
  }, 60_000);

  it("ends 200 runs with the bytes of this machine's, while tasks, Slurm's daemons and submitters are killed", async () => {
    const folder = await temporaryFolder();
    const experiment = { ...small, runs: 200 };
    const local = await experimentIn(folder, experiment);
    const reference = runCli(["run", local.file, "--out", local.directory.root]);
    const { code, stderr } = await reference;
    expect(stderr).not.toMatch(/failed/);
    expect(code).toBe(0);

    const { file, directory } = await experimentIn(folder, { ...experiment, runner });
    const args = ["run", file, "--out", directory.root, "--runs-per-task", "20", "--json"];
    const first = startCli(args);
    const ended = once(first, "exit");
    await snapshotThat(directory, (snapshot) => finished(snapshot) >= 5);

    // A task, without a word to anybody.
    kill(site.programs("run-task").slice(0, 1));
    await snapshotThat(directory, (snapshot) => finished(snapshot) >= 30);
    // The submitter: tasks go on. The daemon of a job's step: its task goes on too, unknown to Slurm.
    first.kill("SIGKILL");
    await ended;
    kill(site.programs("slurmstepd").slice(0, 1));
    const second = startCli(args);
    let output = "";
    second.stdout?.on("data", (text: Buffer) => (output += text.toString()));
    const over = once(second, "close");
    await snapshotThat(directory, (snapshot) => finished(snapshot) >= 70);

    // Controller and nodes at once: what ran may run a second time beside itself.
    kill(site.slurm.daemonPids());
    await setTimeout(1000);
    await site.slurm.startDaemons();

    expect(await over).toEqual([0, null]);
    const { runResults, engines } = JSON.parse(output) as Results;
    expectAllOnce(runResults, 200);
    expect(engines).toHaveLength(1);
    await site.quiet();
    expect(await lastingFiles(directory.root)).toEqual(await lastingFiles(local.directory.root));
    expect(await readdir(directory.partialRoot())).toEqual([]);
    expect(await readdir(directory.submissionsRoot())).toEqual([]);
  }, 600_000);

  it("cancels in the middle, leaves nothing, and goes on", async () => {
    const { file, directory } = await experimentIn(await temporaryFolder(), {
      ...longer,
      runs: 8,
      runner,
    });
    const args = ["run", file, "--out", directory.root, "--runs-per-task", "2", "--json"];
    const cancelled = runCli(args);
    await snapshotThat(directory, (snapshot) => finished(snapshot) >= 1);
    await makeRequest(directory, "cancel");
    expect(await cancelled).toMatchObject({ code: 1 });
    await site.quiet();
    expect(await readdir(directory.partialRoot())).toEqual([]);
    expect(await readdir(directory.submissionsRoot())).toEqual([]);

    const done = await runCli(args);
    expect(done.code).toBe(0);
    expectAllOnce((JSON.parse(done.stdout) as Results).runResults, 8);
    await site.quiet();
  }, 300_000);

  it("follows what a killed submitter left without a number, and submits nothing twice", async () => {
    const { file, directory } = await experimentIn(await temporaryFolder(), {
      ...longer,
      runs: 4,
      runner,
    });
    const args = ["run", file, "--out", directory.root, "--runs-per-task", "1", "--json"];
    const first = startCli(args);
    const ended = once(first, "exit");
    const jobFile = async () => {
      const names = await readdir(directory.submissionsRoot()).catch(() => []);
      const id = names.find((name) => name.length === 32) ?? "none";
      return path.join(directory.submissionsRoot(), id, "job");
    };
    await eventually(async () =>
      readFile(await jobFile()).then(
        () => true,
        () => false,
      ),
    );
    // Two at once: the other one follows.
    const beside = runCli(args);
    await setTimeout(1500);
    first.kill("SIGKILL");
    await ended;
    expect((await beside).stderr).toMatch(/following it/);
    // As if it had died between sbatch and the note of what sbatch said.
    const [jobId] = [await readFile(await jobFile(), "utf8")];
    await rm(await jobFile());
    const done = await runCli(args);
    expect(done.code).toBe(0);
    expectAllOnce((JSON.parse(done.stdout) as Results).runResults, 4);
    const logs = (await readdir(directory.logFile(""))).filter((name) => /^slurm-/.test(name));
    expect(new Set(logs.map((name) => /^slurm-(\d+)_/.exec(name)?.[1]))).toEqual(new Set([jobId]));
    await site.quiet();
  }, 300_000);

  it("waits for room where the shared folder is full, and goes on by itself", async () => {
    const shared = tmpfs(site.slurm, 220);
    const { file, directory } = await experimentIn(shared, { ...small, runs: 12, runner });
    const args = ["run", file, "--out", directory.root, "--runs-per-task", "6", "--json"];
    const running = runCli(args);
    await snapshotThat(directory, (snapshot) => finished(snapshot) >= 1);
    const ballast = path.join(shared, "ballast");
    const { bavail, bsize } = await statfs(shared);
    await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch(() => undefined);
    await setTimeout(5000);
    await rm(ballast);
    const { code, stdout, stderr } = await running;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expectAllOnce((JSON.parse(stdout) as Results).runResults, 12);
    await site.quiet();
    const local = await experimentIn(await temporaryFolder(), { ...small, runs: 12 });
    await runCli(["run", local.file, "--out", local.directory.root]);
    expect(await lastingFiles(directory.root)).toEqual(await lastingFiles(local.directory.root));
  }, 300_000);

  it("says in Slurm's own words what it refuses, and in a task's own why it cannot start", async () => {
    const { file, directory } = await experimentIn(await temporaryFolder(), {
      ...small,
      runs: 2,
      runner,
    });
    const args = ["run", file, "--out", directory.root, "--runs-per-task", "2"];
    const refused = await runCli([...args, "--partition", "no-such-partition"]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toMatch(/Slurm says: .*[Ii]nvalid partition/s);
    expect(await readdir(directory.submissionsRoot())).toEqual([]);
    const lost = await runCli([...args, "--prologue", "echo no such module >&2; exit 3"]);
    expect(lost.code).toBe(1);
    expect(lost.stderr).toMatch(/ended 3 times.*no such module/s);
    await site.quiet();
  }, 300_000);

  it("gives each of a command's runs side by side one of the task's GPUs, and its share of the cores", async () => {
    const folder = await temporaryFolder();
    const script = "import os; import numpy as np\n".concat(
      'd = os.environ["WEIGHT_ODOMETER_RUN_DIRECTORY"]\n',
      'print(os.environ["CUDA_VISIBLE_DEVICES"], os.environ["OMP_NUM_THREADS"])\n',
      'np.savez(d + "/initial.npz", w=np.zeros(2)); np.savez(d + "/final.npz", w=np.ones(2))\n',
    );
    await writeFile(path.join(folder, "train.py"), script);
    const { file, directory } = await experimentIn(folder, {
      train: { command: [python, "train.py"] },
      runs: 4,
      runner: { ...runner, runsPerTask: 4, jobs: 2, prologue: ["export CUDA_VISIBLE_DEVICES=3,5"] },
    });
    const { code, stderr } = await runCli(["run", file, "--out", directory.root]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const outputs = (await readdir(directory.root, { recursive: true })).filter((name) =>
      name.endsWith("output.log"),
    );
    const printed = await Promise.all(
      outputs.map((name) => readFile(path.join(directory.root, name), "utf8")),
    );
    expect(printed).toHaveLength(4);
    expect(new Set(printed.map((text) => text.trim()))).toEqual(new Set(["3 1", "5 1"]));
    await site.quiet();
  }, 300_000);

  it("splits arrays at the site's limit and keeps quotes, spaces and percent signs out of the shell", async () => {
    const folder = path.join(await temporaryFolder(), "it's 100 % $(touch no)");
    const { file, directory } = await experimentIn(folder, { ...small, runs: 7, runner });
    const done = await runCli([
      ...["run", file, "--out", directory.root, "--runs-per-task", "1", "--json"],
      ...["--concurrent", "2", "--time", "10", "--memory", "200M", "--sbatch=--comment=a b"],
    ]);
    expect(done.stderr).not.toMatch(/failed/);
    expect(done.code).toBe(0);
    expectAllOnce((JSON.parse(done.stdout) as Results).runResults, 7);
    const logs = (await readdir(directory.logFile(""))).filter((name) => /^slurm-/.test(name));
    expect(new Set(logs.map((name) => name.split("_")[0])).size).toBe(2);
    await site.quiet();
  }, 300_000);
});
