import { execFileSync } from "node:child_process";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Results } from "../../../src/protocol/results";
import { runCli } from "../support/cli";
import { filesOf, output, python, records, trainCommand, workplace } from "./workplace";

const metrics = {
  testAccuracy: { file: "metrics.jsonl", key: "test_accuracy" },
  printed: { pattern: "final_accuracy=([0-9.]+)" },
};

async function results(out: string): Promise<Results> {
  return JSON.parse(await readFile(path.join(out, "results.json"), "utf8")) as Results;
}

/** d(w_0, w_T) of two .npz files by NumPy. */
function distanceByNumpy(folder: string): number {
  const script = `import numpy as np, sys
a, b = (np.load(f"{sys.argv[1]}/{name}.npz") for name in ("initial", "final"))
print(repr(float(np.sqrt(sum(((a[k].astype("f8") - b[k].astype("f8")) ** 2).sum() for k in a.files)))))`;
  return Number(execFileSync(python, ["-c", script, folder], { encoding: "utf8" }));
}

describe("an experiment on the user's own command", () => {
  it("runs Experiment 1, and with more runs trains only those", async () => {
    const train = {
      command: trainCommand("--width", "${width}"),
      parameters: { width: 6 },
      metrics,
    };
    const settings = { train, repeatOneSeed: true, keep: "final" };
    const place = await workplace({ ...settings, runs: 3 });
    const { code, stderr, stdout } = await runCli(["run", place.file, "--out", place.out]);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toContain("The same seed twice");
    const first = await results(place.out);
    expect(first).toMatchObject({ runs: 3, planned: 3, parameters: 7, mapped: 3, pruned: 0 });
    // NumPy on one thread: the same seed gives the same weights.
    expect(first.floor).toMatchObject({ initial: 0, final: 0 });
    expect(first.metrics.map(({ name }) => name)).toEqual(["testAccuracy", "printed"]);
    expect(first.accuracy?.mean).toBe(first.metrics[1].statistics?.mean);
    for (const { key, distance, curve } of first.runResults) {
      const folder = place.directory.runFolder(key);
      expect(distance).toBeCloseTo(distanceByNumpy(folder), 12);
      expect(curve?.steps).toEqual([0, 10, 20, 30, 40]);
      expect(await filesOf(place, key)).toEqual([
        ...["final.npz", "initial.npz", "metric-series.json", "metrics.jsonl", "output.log"],
        ...["result.json", "run.json"],
      ]);
    }

    await writeFile(place.file, JSON.stringify({ ...settings, runs: 5 }));
    expect((await runCli(["run", place.file, "--out", place.out])).code).toBe(0);
    const more = await results(place.out);
    expect(more.runs).toBe(5);
    expect(more.runResults.slice(0, 3)).toEqual(first.runResults);
    const times = await readFile(path.join(place.out, "log/times.jsonl"), "utf8");
    expect(times.trim().split("\n")).toHaveLength(6);
  });

  it("runs Experiment 4 by a shell line, and keeps maps when weights are removed", async () => {
    const shell = `${python} train.py --seed \${seed} --out "\${runDirectory}" --corruption \${labelCorruption}`;
    const experiment = {
      train: { shell, script: "train.py" },
      levels: { labelCorruption: [0, 0.5, 1], kind: "shuffle" },
      runs: 2,
      keep: "none",
    };
    const place = await workplace(experiment);
    expect((await runCli(["run", place.file, "--out", place.out])).code).toBe(0);
    const first = await results(place.out);
    expect(first.levels.map(({ level, runs }) => [level.value, runs])).toEqual([
      [0, 2],
      [0.5, 2],
      [1, 2],
    ]);
    expect(first.trends[0].repeats).toBe(2);
    expect(first.levels[0].curve?.points).toHaveLength(5);
    const [record] = await records(place);
    expect(await filesOf(place, record.key)).toEqual([
      ...["metrics.jsonl", "output.log", "result.json", "run.json"],
    ]);

    await writeFile(place.file, JSON.stringify({ ...experiment, runs: 3 }));
    expect((await runCli(["run", place.file, "--out", place.out])).code).toBe(0);
    const more = await results(place.out);
    expect([more.runs, more.mapped, more.pruned]).toEqual([9, 6, 6]);
    expect(more.maps).toEqual(first.maps);
    expect((await runCli(["report", place.out])).stdout).toContain("stay as they were made");
  });

  it("keeps a failing run's output, finishes the others, and retries it where it stopped", async () => {
    const train = {
      command: trainCommand("--fail-seed", "${unlucky}"),
      parameters: { unlucky: 1 },
    };
    const place = await workplace({ train, runs: 3 });
    const { code, stderr } = await runCli(["run", place.file, "--out", place.out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /1 of 3 runs failed.*exit code 1\. about to fail\nthis seed is unlucky/s,
    );
    const log = /Its whole output: (\S+)/.exec(stderr)?.[1] ?? "";
    expect(await readFile(log, "utf8")).toContain("unlucky");
    expect((await records(place)).map(({ seeds }) => seeds.order)).toEqual([0, 2]);
    expect((await runCli(["status", place.out])).stdout).toContain("2 of 3 finished · 1 failed");
    // It fails again, in the same folder: the output of both attempts is there.
    await runCli(["run", place.file, "--out", place.out]);
    expect((await readFile(log, "utf8")).match(/unlucky/g)).toHaveLength(2);
  });

  it("tells what is missing where a command saves nothing, or cannot be started", async () => {
    for (const [command, words] of [
      [[python, "-c", "pass"], /no file of the run's directory fits "initial\.\*".*It is empty/s],
      [["./no-such-program"], /There is no program \.\/no-such-program/],
      [[python, "-c", "import os; os.kill(os.getpid(), 11)"], /ended by SIGSEGV/],
    ] as const) {
      const place = await workplace({ train: { command }, runs: 1 });
      const { code, stderr } = await runCli(["run", place.file, "--out", place.out]);
      expect(code).toBe(1);
      expect(stderr).toMatch(words);
    }
  });

  it("counts the run that repeats the first among those that failed", async () => {
    const train = { command: [python, "-c", "raise SystemExit(1)"] };
    const place = await workplace({ train, runs: 1, repeatOneSeed: true });
    const { stderr } = await runCli(["run", place.file, "--out", place.out]);
    expect(stderr).toContain("2 of 2 runs failed");
  });

  it("removes checkpoints that are folders with all they hold, and nothing that is linked", async () => {
    const folders = `import os, shutil
run = os.environ["WEIGHT_ODOMETER_RUN_DIRECTORY"]
for step in ("0010", "0020"):
    folder = os.path.join(run, "checkpoint-" + step)
    os.mkdir(folder)
    shutil.move(os.path.join(run, "step-" + step + ".npz"), os.path.join(folder, "model.npz"))
    open(os.path.join(folder, "optimizer.pt"), "w").close()
os.mkdir("mine")
shutil.move(os.path.join(run, "step-0030.npz"), "mine/model.npz")
os.symlink(os.path.abspath("mine"), os.path.join(run, "checkpoint-0030"))
`;
    const shell = `${trainShell()} && ${python} folders.py`;
    const checkpoints = { steps: "checkpoint-*" };
    const train = { shell, script: "train.py", checkpoints };
    const place = await workplace({ train, runs: 1 });
    await writeFile(path.join(place.folder, "folders.py"), folders);
    const left = async () => {
      const { code, stderr } = await runCli(["run", place.file, "--out", place.out]);
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      const [{ key, states }] = await records(place);
      expect(states.steps.map(({ step }) => step)).toEqual([10, 20, 30]);
      return (await filesOf(place, key)).filter((name) => name.startsWith("checkpoint-"));
    };
    // Nothing goes that nobody gave up.
    expect(await left()).toEqual(["checkpoint-0010", "checkpoint-0020", "checkpoint-0030"]);
    await writeFile(place.file, JSON.stringify({ train, runs: 1, keep: "final" }));
    expect(await left()).toEqual(["checkpoint-0030"]);
    expect(await readdir(path.join(place.folder, "mine"))).toEqual(["model.npz"]);
  });

  it("measures first and last weights that differ in their tensors by what they share, without maps", async () => {
    const newHead = `import os, numpy
run, seed = (os.environ["WEIGHT_ODOMETER_" + name] for name in ("RUN_DIRECTORY", "SEED"))
numpy.savez(run + "/initial.npz", body=numpy.zeros(4), head=numpy.zeros(2))
numpy.savez(run + "/final.npz", body=numpy.full(4, 1.0 + int(seed)), **{"module.new": numpy.ones(3)})`;
    const train = { command: [python, "-c", newHead] };
    const place = await workplace({ train, runs: 2, keep: "none" });
    const { code, stdout } = await runCli(["run", place.file, "--out", place.out]);
    expect(code).toBe(0);
    expect(stdout).toContain("Not all first and last weights have the same tensors");
    const found = await results(place.out);
    expect(found).toMatchObject({ parameters: 4, unlike: true, nearest: null, maps: [] });
    expect(found.runResults.map(({ distance }) => distance)).toEqual([2, 4]);
    // The same where the weights are no longer there to be looked at.
    expect((await runCli(["report", place.out])).stdout).toBe(stdout);
  });

  it("passes over a checkpoint that never became whole, and says so", async () => {
    const half =
      "import os; open(os.environ['WEIGHT_ODOMETER_RUN_DIRECTORY'] + '/step-0005.npz', 'wb').write(b'PK')";
    const shell = `${trainShell()} && ${python} -c "${half}"`;
    const place = await workplace({ train: { shell, script: "train.py" }, runs: 1, keep: "all" });
    const { code, stdout } = await runCli(["run", place.file, "--out", place.out]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/of 1 run were passed over, such as step-0005\.npz: \S/);
    const [{ skipped, states }] = await records(place);
    expect(skipped.map(({ file }) => file)).toEqual(["step-0005.npz"]);
    expect(states.steps.map(({ step }) => step)).toEqual([10, 20, 30, 40]);
  });

  it("tells a script that changed from the one before, and keeps runs of both apart", async () => {
    const place = await workplace({ train: { command: trainCommand() }, runs: 2 });
    expect((await runCli(["run", place.file, "--out", place.out])).code).toBe(0);
    const script = path.join(place.folder, "train.py");
    await writeFile(script, `${await readFile(script, "utf8")}\n# changed\n`);
    expect((await runCli(["run", place.file, "--out", place.out])).code).toBe(0);
    expect(await records(place)).toHaveLength(4);
    expect(await results(place.out)).toMatchObject({ runs: 2, planned: 2 });
    await rename(script, `${script}.gone`);
    expect((await runCli(["report", place.out, "--json"])).code).toBe(0);
  });

  it("gives each run its GPU and its threads", async () => {
    const print =
      "import os; print(os.environ['CUDA_VISIBLE_DEVICES'], os.environ['OMP_NUM_THREADS'])";
    const shell = `${python} -c "${print}" && ${trainShell()}`;
    const place = await workplace({ train: { shell }, runs: 4 });
    const args = ["run", place.file, "--out", place.out, "--gpus", "3,5", "--threads", "7"];
    expect((await runCli(args)).code).toBe(0);
    const told = await Promise.all((await records(place)).map(({ key }) => output(place, key)));
    expect(new Set(told.map((text) => text.split("\n")[0]))).toEqual(new Set(["3 7", "5 7"]));
  });
});

function trainShell(): string {
  return `${python} train.py --seed \${seed} --out \${runDirectory}`;
}
