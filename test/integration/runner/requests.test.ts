import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import type { LiveSnapshot } from "../../../src/protocol/live";
import { isAtWork, readSnapshot } from "../../../src/runner/follow";
import { makeRequest, withdrawRequest } from "../../../src/runner/requests";
import { startCli } from "../support/cli";
import { temporaryFolder } from "../support/files";

const experiment = {
  train: { model: "mnist-dense", trainingImages: 2000, epochs: 10_000 },
  runs: 2,
};

/** Waits for a snapshot of some kind. @throws Error after 20 seconds */
async function snapshotThat(
  directory: ExperimentDirectory,
  accept: (snapshot: LiveSnapshot) => boolean,
): Promise<LiveSnapshot> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const snapshot = await readSnapshot(directory);
    if (snapshot && accept(snapshot)) return snapshot;
    await setTimeout(50);
  }
  throw new Error("no such snapshot came");
}

const steps = ({ runs }: LiveSnapshot): number[] =>
  runs.map((run) => (run.state === "running" ? (run.step ?? 0) : 0));

describe("a training asked by files", () => {
  it("pauses, goes on and is cancelled, in the background too", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "long.odometer.json");
    await writeFile(file, JSON.stringify(experiment));
    const directory = new ExperimentDirectory(path.join(folder, "out"));
    const follower = startCli(["run", file, "--out", directory.root, "--detach"]);
    const ended = once(follower, "exit");
    await snapshotThat(directory, (snapshot) => steps(snapshot).every((step) => step > 0));

    await makeRequest(directory, "pause");
    await snapshotThat(directory, ({ state }) => state === "paused");
    await setTimeout(1000);
    const paused = await readSnapshot(directory);
    await setTimeout(2500);
    const later = await readSnapshot(directory);
    expect(later?.updatedAt).toBeGreaterThan(paused?.updatedAt ?? 0);
    expect(later && steps(later)).toEqual(paused && steps(paused));

    await withdrawRequest(directory, "pause");
    const before = paused ? steps(paused) : [];
    await snapshotThat(directory, (snapshot) =>
      steps(snapshot).every((step, i) => step > before[i]),
    );

    // A second call follows the first; killing the one that started it stops nothing.
    follower.kill("SIGKILL");
    await ended;
    const second = startCli(["run", file, "--out", directory.root]);
    const secondEnded = once(second, "exit");
    let stderr = "";
    second.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
    await expect.poll(() => stderr).toContain("following it");
    const alive = await readSnapshot(directory);
    expect(alive && isAtWork(alive)).toBe(true);

    await makeRequest(directory, "cancel");
    expect(await secondEnded).toEqual([1, null]);
    const last = await snapshotThat(directory, ({ state }) => state === "cancelled");
    expect(isAtWork(last)).toBe(false);
    expect(await readdir(directory.partialRoot())).toEqual([]);
  }, 60_000);
});
