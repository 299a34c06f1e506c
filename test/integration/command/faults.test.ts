import { once } from "node:events";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Results } from "../../../src/protocol/results";
import { runCli, startCli } from "../support/cli";
import { killStorm } from "../support/kill-storm";
import { childrenOf, gone, runs } from "../support/processes";
import { output, python, records, trainCommand, workplace, type Workplace } from "./workplace";

/** Ignores SIGTERM, and leaves a child in a session of its own that does too. */
const stubborn = `import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"], start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN))
open(sys.argv[1], "a").write(f"{os.getpid()} {child.pid}\\n")
if "--end" in sys.argv:
    sys.exit(3)
time.sleep(600)
`;

async function stubbornPlace(...more: string[]): Promise<{ place: Workplace; pids: string }> {
  const place = await workplace({
    train: { command: [python, "stubborn.py", "pids.txt", ...more] },
    runs: 2,
  });
  await writeFile(path.join(place.folder, "stubborn.py"), stubborn);
  return { place, pids: path.join(place.folder, "pids.txt") };
}

async function pidsIn(file: string, lines: number): Promise<number[]> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    const text = await readFile(file, "utf8").catch(() => "");
    const all = text.trim().split(/\s+/).map(Number);
    if (all.length >= 2 * lines && text.endsWith("\n")) return all;
    await setTimeout(50);
  }
  throw new Error(`${file} has no ${lines} lines`);
}

describe.runIf(process.platform === "linux")("commands that are hard to end", () => {
  it("are gone after cancel, with their children, though they ignore SIGTERM", async () => {
    const { place, pids } = await stubbornPlace();
    const scheduler = startCli(["run", place.file, "--out", place.out, "--jobs", "2"]);
    const ended = once(scheduler, "exit") as Promise<[number]>;
    const all = await pidsIn(pids, 2);
    process.kill(scheduler.pid ?? 0, "SIGTERM");
    expect(await ended).toEqual([1, null]);
    expect(all.filter(runs)).toEqual([]);
  }, 60_000);

  it("are gone after kill -9 of the scheduler", async () => {
    const { place, pids } = await stubbornPlace();
    const scheduler = startCli(["run", place.file, "--out", place.out, "--jobs", "2"]);
    const all = await pidsIn(pids, 2);
    process.kill(scheduler.pid ?? 0, "SIGKILL");
    await gone(all);
  }, 60_000);

  it("are gone after kill -9 of their supervisor, and their run is tried again", async () => {
    const { place, pids } = await stubbornPlace();
    const scheduler = startCli(["run", place.file, "--out", place.out, "--jobs", "1"]);
    const ended = once(scheduler, "exit");
    const first = await pidsIn(pids, 1);
    for (const supervisor of childrenOf(scheduler.pid ?? 0)) process.kill(supervisor, "SIGKILL");
    const all = await pidsIn(pids, 2);
    expect(first.slice(0, 2).filter(runs)).toEqual([]);
    process.kill(scheduler.pid ?? 0, "SIGTERM");
    await ended;
    expect(all.filter(runs)).toEqual([]);
  }, 60_000);

  it("are ended before their run goes on, where scheduler and supervisor were killed at once", async () => {
    const { place, pids } = await stubbornPlace();
    const first = startCli(["run", place.file, "--out", place.out, "--jobs", "1"]);
    const firstEnded = once(first, "exit");
    const left = await pidsIn(pids, 1);
    for (const pid of [...childrenOf(first.pid ?? 0), first.pid ?? 0]) process.kill(pid, "SIGSTOP");
    for (const pid of [...childrenOf(first.pid ?? 0), first.pid ?? 0]) process.kill(pid, "SIGKILL");
    await firstEnded;
    expect(left.filter(runs)).toEqual(left);
    const second = startCli(["run", place.file, "--out", place.out, "--jobs", "1"]);
    const secondEnded = once(second, "exit");
    const all = await pidsIn(pids, 2);
    expect(left.filter(runs)).toEqual([]);
    process.kill(second.pid ?? 0, "SIGTERM");
    await secondEnded;
    expect(all.filter(runs)).toEqual([]);
  }, 60_000);

  it("leave no child when they end by themselves", async () => {
    const { place, pids } = await stubbornPlace("--end");
    const { code, stderr } = await runCli(["run", place.file, "--out", place.out]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("exit code 3")]);
    expect((await pidsIn(pids, 2)).filter(runs)).toEqual([]);
  }, 60_000);

  it("pause and go on", async () => {
    const place = await workplace({ train: { command: trainCommand("--delay", "0.05") }, runs: 1 });
    const scheduler = startCli(["run", place.file, "--out", place.out]);
    const ended = once(scheduler, "exit");
    const progress = async () => (await readdir(path.join(place.out, "partial"))).length;
    while ((await progress().catch(() => 0)) === 0) await setTimeout(50);
    await setTimeout(500);
    await writeFile(path.join(place.out, "requests/pause"), "");
    await setTimeout(3000);
    expect(await records(place)).toEqual([]);
    await rm(path.join(place.out, "requests/pause"));
    expect(await ended).toEqual([0, null]);
  }, 60_000);
});

describe.runIf(process.platform === "linux")("commands whose processes are killed", () => {
  it("go on from their own checkpoints and end as if nothing had been", async () => {
    const experiment = {
      train: { command: trainCommand("--delay", "0.03") },
      runs: 6,
      keep: "all",
    };
    const whole = await workplace(experiment);
    expect((await runCli(["run", whole.file, "--out", whole.out])).code).toBe(0);
    const [expected, expectedFinals] = await Promise.all([records(whole), finals(whole)]);
    const broken = await workplace(experiment);
    const outputs: string[] = [];
    await killStorm({
      name: "own commands",
      run: () => ["run", broken.file, "--out", broken.out],
      kinds: ["scheduler", "child", "grandchild"],
      ended: async () => {
        const made = await records(broken);
        expect(made).toEqual(expected);
        expect(await finals(broken)).toEqual(expectedFinals);
        expect(await distances(broken)).toEqual(await distances(whole));
        expect(await readdir(path.join(broken.out, "partial"))).toEqual([]);
        for (const { key } of made) outputs.push(await output(broken, key));
        await rm(broken.out, { recursive: true });
      },
    });
    expect(outputs.join("")).toMatch(/resumed at \d+, attempt [1-9]/);
  }, 240_000);

  it("are not doubled by two schedulers of one experiment", async () => {
    const place = await workplace({ train: { command: trainCommand("--delay", "0.01") }, runs: 4 });
    const both = [0, 1].map(() => startCli(["run", place.file, "--out", place.out]));
    await Promise.all(both.map((one) => once(one, "exit")));
    expect((await records(place)).map(({ seeds }) => seeds.order)).toEqual([0, 1, 2, 3]);
    expect((await runCli(["run", place.file, "--out", place.out])).code).toBe(0);
    expect(await readdir(path.join(place.out, "partial"))).toEqual([]);
  }, 60_000);
});

/** Bytes of the last weights, in order of seeds. */
async function finals(place: Workplace): Promise<string[]> {
  const folders = (await records(place)).map(({ key }) => place.directory.runFolder(key));
  return Promise.all(folders.map((folder) => readFile(path.join(folder, "final.npz"), "hex")));
}

async function distances({ out }: Workplace): Promise<unknown> {
  const results = JSON.parse(await readFile(path.join(out, "results.json"), "utf8")) as Results;
  return results.runResults.map(({ run, key, distance, curve }) => ({ run, key, distance, curve }));
}
