import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { resolveRunner, runnerSchema } from "../../../../src/experiment/runner-settings";
import { jobScript, quoted, sbatchArguments } from "../../../../src/runner/slurm/job-script";
import { runsPerTask, secondsOf, split } from "../../../../src/runner/slurm/packing";
import { describeQueue } from "../../../../src/runner/slurm/place";
import { parseQueue } from "../../../../src/runner/slurm/queue";

const settings = { kind: "slurm" } as const;

describe("packing", () => {
  it("fills a task for ten minutes, or as the settings say", () => {
    expect(runsPerTask(settings, null)).toBeNull();
    expect(runsPerTask(settings, 6)).toBe(100);
    expect(runsPerTask({ ...settings, cpus: 4 }, 6)).toBe(400);
    expect(runsPerTask({ ...settings, cpus: 8, gpus: "a100:2" }, 6)).toBe(200);
    expect(runsPerTask({ ...settings, taskMinutes: 1, secondsPerRun: 2 }, 6)).toBe(30);
    expect(runsPerTask({ ...settings, runsPerTask: 7 }, 6)).toBe(7);
    expect(runsPerTask(settings, 1e6)).toBe(1);
  });

  it("stays well below the time limit", () => {
    expect(runsPerTask({ ...settings, timeLimit: "2" }, 6)).toBe(14);
    expect(["30", "1:30", "2:00:00", "1-12", "1-1:1:1"].map(secondsOf)).toEqual([
      1800, 90, 7200, 129_600, 90_061,
    ]);
  });

  it("splits into few groups of nearly equal size, losing nothing", () => {
    const items = Array.from({ length: 11 }, (_, i) => i);
    expect(split(items, 4).map(({ length }) => length)).toEqual([3, 4, 4]);
    expect(split(items, 4).flat()).toEqual(items);
    expect(split([], 4)).toEqual([]);
  });
});

describe("what is submitted", () => {
  it.runIf(process.platform !== "win32")("survives a shell whatever the names hold", () => {
    const hostile = `it's "$(touch x)" \`y\` \\ %A\n; exit 3`;
    expect(execFileSync("sh", ["-c", `printf %s ${quoted(hostile)}`], { encoding: "utf8" })).toBe(
      hostile,
    );
    const script = jobScript(["module load node"], {
      node: "/bin/echo",
      cli: hostile,
      root: "/r",
      submission: "ab",
      engine: "auto",
    });
    expect(
      execFileSync("bash", ["-c", script.replace("module load node", "")], { encoding: "utf8" }),
    ).toBe(`${hostile} run-task /r ab\n`);
  });

  it("passes settings on as single arguments", () => {
    const args = sbatchArguments(
      { ...settings, partition: "gpu", gpus: "a100:1", options: ["--comment=a b; c"] },
      "name",
      3,
      2,
      "/log 100%",
    );
    expect(args).toEqual(
      expect.arrayContaining([
        "--array=0-2%2",
        "--partition=gpu",
        "--gpus=a100:1",
        "--comment=a b; c",
      ]),
    );
  });

  it("refuses options that are the runner's own, or none", () => {
    for (const options of [["--array=0-9"], ["-J", "x"], ["--wrap=ls"], ["ls"], ["--x\ny"]])
      expect(runnerSchema.safeParse({ kind: "slurm", options }).success).toBe(false);
    expect(runnerSchema.safeParse({ kind: "slurm", partition: "-p x" }).success).toBe(false);
    expect(runnerSchema.safeParse("slurm").success).toBe(true);
  });

  it("takes the first source's word, and fills up from others of its kind", () => {
    const file = { kind: "slurm", partition: "a" } as const;
    const setting = { kind: "slurm", partition: "b", account: "c" } as const;
    expect(resolveRunner([undefined, file, setting])).toEqual({ ...setting, partition: "a" });
    expect(resolveRunner(["local", file])).toEqual({ kind: "local" });
    expect(resolveRunner(["slurm", { kind: "local", jobs: 2 }, setting])).toEqual(setting);
    expect(resolveRunner([])).toEqual({ kind: "local" });
  });
});

describe("squeue", () => {
  const text = [
    "7|0-2,9%2|PENDING|0|1000|weight-odometer-x|Resources",
    "7|3|RUNNING|0|1000|weight-odometer-x|None",
    "8|N/A|CANCELLED|0|1000|other|a|b",
    "rubbish",
  ].join("\n");

  it("is read line by line; what is none of our format is passed over", () => {
    const lines = parseQueue(text);
    expect(lines.map(({ tasks }) => tasks)).toEqual([[0, 1, 2, 9], [3], null]);
    expect(lines[2].reason).toBe("a|b");
  });

  it("is told in a line", () => {
    expect(describeQueue(parseQueue(text).slice(0, 2), false)).toBe(
      "Slurm job 7: 1 task running, 4 waiting (Resources)",
    );
  });
});
