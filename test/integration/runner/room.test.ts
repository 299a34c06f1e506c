import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import { sizeOf } from "../../../src/runner/room/run-size";
import type { LiveSnapshot } from "../../../src/protocol/live";
import { readSnapshot } from "../../../src/runner/follow";
import { makeRequest } from "../../../src/runner/requests";
import {
  filesOf,
  output,
  records,
  trainCommand,
  workplace,
  type Workplace,
} from "../command/workplace";
import { runCli, startCli } from "../support/cli";
import { temporaryFolder } from "../support/files";
import { canMount, smallDisk } from "../support/small-disk";

/** 4 runs with 9 checkpoints along the way each, of 407,080 bytes of weights. */
const builtIn = {
  train: {
    model: "mnist-dense",
    trainingImages: 640,
    batchSize: 128,
    epochs: 2,
    checkpointEvery: 1,
  },
  runs: 4,
};
const weights = 4 * 101_770;

async function small(experiment: object, megabytes: number) {
  const folder = await temporaryFolder();
  const file = path.join(folder, "small.odometer.json");
  await writeFile(file, JSON.stringify(experiment));
  const directory = new ExperimentDirectory(smallDisk(path.join(folder, "out"), megabytes));
  return { args: ["run", file, "--out", directory.root, "--jobs", "1"], directory };
}

async function asked(directory: ExperimentDirectory): Promise<LiveSnapshot> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const snapshot = await readSnapshot(directory);
    if (snapshot?.shortage && snapshot.state === "paused") return snapshot;
    await setTimeout(50);
  }
  throw new Error("nothing was asked");
}

describe.runIf(canMount)("runs that may not all fit on the disk", () => {
  it("are not begun where nobody can be asked: the message says what they need and what to do", async () => {
    const { args, directory } = await small(builtIn, 12);
    const { code, stderr } = await runCli(args);
    expect(code).toBe(1);
    const need = (4 * 11 * weights) / 1e6;
    expect(stderr).toContain(`The 4 runs to come need about ${need.toFixed(1)} MB`);
    expect(stderr).toMatch(/--yes/);
    expect(await directory.finishedKeys()).toEqual([]);
  });

  it("take what was estimated before the first", async () => {
    const { args, directory } = await small(builtIn, 40);
    expect((await runCli(args)).code).toBe(0);
    const took = await sizeOf(path.join(directory.root, "runs"));
    expect(took / (4 * 11 * weights)).toBeCloseTo(1, 1);
  });

  it("begin once somebody says to keep fewer checkpoints, and take no more than was said", async () => {
    const { args, directory } = await small(builtIn, 12);
    const scheduler = startCli([...args, "--ask"]);
    const ended = once(scheduler, "exit");
    const { shortage, runs } = await asked(directory);
    expect(shortage).toMatchObject({
      basis: "weights",
      runs: 4,
      need: 4 * 11 * weights,
      needIfFinal: (4 * 2 + 9) * weights,
    });
    expect(runs.map(({ state }) => state)).toEqual(Array(4).fill("queued"));
    await makeRequest(directory, "keep-final");
    expect(await ended).toEqual([0, null]);
    expect((await directory.finishedKeys()).length).toBe(4);
    const took = await sizeOf(path.join(directory.root, "runs"));
    expect(took).toBeLessThan(4 * 3 * weights);
    const lasting = await readFile(directory.experimentFile(), "utf8");
    expect(JSON.parse(lasting)).toMatchObject({ keep: "final" });
  });

  it("are cancelled where the answer is to cancel", async () => {
    const { args, directory } = await small(builtIn, 12);
    const scheduler = startCli([...args, "--ask"]);
    const ended = once(scheduler, "exit");
    await asked(directory);
    await makeRequest(directory, "cancel");
    expect(await ended).toEqual([1, null]);
    expect((await readSnapshot(directory))?.state).toBe("cancelled");
  });

  /** Each run leaves 2 MB beside its checkpoints, which nobody knows before the first. */
  async function heavy(): Promise<Workplace> {
    const shell = `${trainCommand().join(" ")} && head -c 2000000 /dev/zero > \${runDirectory}/extra`;
    const train = { shell, script: "train.py" };
    const place = await workplace({ train, runs: 3, keep: "final" });
    smallDisk(place.out, 5);
    return place;
  }

  it("of a command are asked about when the first has shown what one takes, and go on in the room there is", async () => {
    const place = await heavy();
    const scheduler = startCli(["run", place.file, "--out", place.out, "--jobs", "1", "--ask"]);
    const ended = once(scheduler, "exit");
    const { shortage } = await asked(place.directory);
    expect(shortage).toMatchObject({ basis: "runs", runs: 2, needIfFinal: null });
    const [first] = await records(place);
    expect(await filesOf(place, first.key)).toContain("extra");
    await setTimeout(1000);
    expect((await records(place)).length).toBe(1);
    await makeRequest(place.directory, "fill-disk");
    // It goes on as far as it goes: two fit, the third does not.
    expect(await ended).toEqual([1, null]);
    expect((await records(place)).length).toBe(2);
    const { message } = (await readSnapshot(place.directory)) ?? {};
    expect(message).toMatch(/No room is left on the disk of .* Make some and run it again/);
    expect(message).toMatch(/No space left on device.*Its whole output: /s);
    // With room, the third goes on from its own checkpoints, and the two are as they were.
    execFileSync("mount", ["-o", "remount,size=20m", place.out]);
    expect((await runCli(["run", place.file, "--out", place.out])).code).toBe(0);
    const all = await records(place);
    expect(all.map(({ seeds }) => seeds.order)).toEqual([0, 1, 2]);
    expect(await output(place, all[2].key)).toContain("resumed at");
  });

  it("go on by themselves when somebody makes room", async () => {
    const place = await heavy();
    const scheduler = startCli(["run", place.file, "--out", place.out, "--jobs", "1", "--ask"]);
    const ended = once(scheduler, "exit");
    await asked(place.directory);
    execFileSync("mount", ["-o", "remount,size=20m", place.out]);
    expect(await ended).toEqual([0, null]);
    expect((await records(place)).length).toBe(3);
  });
});
