import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { readSnapshot } from "../../../src/runner/follow";
import { runCli, startCli } from "../support/cli";
import { childrenOf, gone } from "../support/processes";
import { canMount, smallDisk } from "../support/small-disk";
import { output, python, records, trainCommand, workplace, type Workplace } from "./workplace";

const run = ({ file, out }: Workplace, ...more: string[]) => ["run", file, "--out", out, ...more];

async function finals(place: Workplace): Promise<string[]> {
  const all = await records(place);
  return Promise.all(
    all.map(({ key }) => readFile(path.join(place.directory.runFolder(key), "final.npz"), "hex")),
  );
}

describe.runIf(canMount)("a folder that may only be read", () => {
  it("is named before anything is trained, with what to do", async () => {
    const place = await workplace({ train: { command: trainCommand() }, runs: 1 });
    smallDisk(place.out, 5);
    execFileSync("mount", ["-o", "remount,ro", place.out]);
    const { code, stderr } = await runCli(run(place));
    expect(code).toBe(1);
    expect(stderr).toContain(`${place.out} cannot be written to: it is read-only`);
    expect(stderr).toContain("--out");
    execFileSync("mount", ["-o", "remount,rw", place.out]);
    expect((await runCli(run(place))).code).toBe(0);
  });

  it("that becomes so under way ends it with a message, and loses nothing", async () => {
    const place = await workplace({ train: { command: trainCommand("--delay", "0.02") }, runs: 4 });
    const runs = path.join(place.out, "runs");
    await mkdir(runs, { recursive: true });
    execFileSync("mount", ["--bind", runs, runs]);
    onTestFinished(() => {
      if (readFileSync("/proc/mounts", "utf8").includes(` ${runs} `))
        execFileSync("umount", ["--lazy", runs]);
    });
    execFileSync("mount", ["-o", "remount,bind,ro", runs]);
    const { code, stderr } = await runCli(run(place));
    expect([code, stderr]).toEqual([1, expect.stringContaining("cannot be written to")]);
    expect((await readSnapshot(place.directory))?.state).toBe("failed");
    execFileSync("umount", [runs]);
    expect((await runCli(run(place))).code).toBe(0);
    const all = await records(place);
    expect(all.map(({ seeds }) => seeds.order)).toEqual([0, 1, 2, 3]);
    // What had been trained was gone on with, not begun anew.
    const outputs = await Promise.all(all.map(({ key }) => output(place, key)));
    expect(outputs.join("")).toContain("resumed at 40");
  });
});

describe("a final checkpoint that was never written whole", () => {
  it("fails its run alone, with its name, and is made good by the next attempt", async () => {
    const half = `import os
file = os.environ["WEIGHT_ODOMETER_RUN_DIRECTORY"] + "/final.npz"
if os.environ["WEIGHT_ODOMETER_ATTEMPT"] == "0" and os.environ["WEIGHT_ODOMETER_SEED"] == "1":
    os.truncate(file, os.path.getsize(file) // 2)
`;
    const shell = `${trainCommand().join(" ")} && ${python} half.py`;
    const place = await workplace({ train: { shell, script: "train.py" }, runs: 3 });
    await writeFile(path.join(place.folder, "half.py"), half);
    const { code, stderr } = await runCli(run(place));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/1 of 3 runs failed.*final\.npz/s)]);
    expect((await records(place)).map(({ seeds }) => seeds.order)).toEqual([0, 2]);
    expect((await runCli(run(place))).code).toBe(0);
    const whole = await workplace({ train: { command: trainCommand() }, runs: 3 });
    expect((await runCli(run(whole))).code).toBe(0);
    expect(await finals(place)).toEqual(await finals(whole));
  });
});

/** Sets the clock back by an hour each second of a process's life, in every Node process that is told to load it. */
const clock = `const now = Date.now, begun = now();
Date.now = () => now() - 3_600_000 * Math.floor((now() - begun) / 1000);`;

describe.runIf(process.platform === "linux")("a clock that is set back", () => {
  it("neither loses nor doubles a run, killed or not, whatever the times of its checkpoints", async () => {
    const train = { command: trainCommand("--delay", "0.06") };
    const whole = await workplace({ train, runs: 3, keep: "all" });
    expect((await runCli(run(whole))).code).toBe(0);
    const command = trainCommand("--delay", "0.06", "--odd-times");
    const place = await workplace({ train: { command }, runs: 3, keep: "all" });
    const shim = path.join(place.folder, "clock.cjs");
    await writeFile(shim, clock);
    const env = { NODE_OPTIONS: `--require ${shim}` };
    const scheduler = startCli(run(place), env);
    const ended = once(scheduler, "exit");
    await setTimeout(2500);
    const supervisors = childrenOf(scheduler.pid ?? 0);
    process.kill(scheduler.pid ?? 0, "SIGKILL");
    await ended;
    await gone([...supervisors, ...supervisors.flatMap(childrenOf)]);
    // Its last word is from the future, as of a machine that nobody can ask.
    const live = JSON.parse(await readFile(path.join(place.out, "live.json"), "utf8")) as {
      scheduler: object;
    };
    const later = Date.now() + 86_400_000;
    await writeFile(
      path.join(place.out, "live.json"),
      JSON.stringify({
        ...live,
        state: "running",
        scheduler: { ...live.scheduler, host: "00000000" },
        startedAt: later,
        updatedAt: later,
      }),
    );
    const { code, stderr } = await runCli(run(place), env);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("following")]);
    expect(await finals(place)).toEqual(await finals(whole));
    const steps = (await records(place)).map(({ states }) => states.steps.map(({ step }) => step));
    expect(steps).toEqual(Array(3).fill([10, 20, 30, 40]));
  });
});
