import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { useWorkbench } from "./harness/use-workbench";

const aWhile = { timeout: 60_000, interval: 100 };
const canMount = process.platform === "linux" && process.getuid?.() === 0;

/** 4 runs with 9 checkpoints along the way each, of 0.4 MB: 17.9 MB, or 6.9 MB while they are pruned. */
const experiment = {
  train: {
    model: "mnist-dense",
    trainingImages: 640,
    batchSize: 128,
    epochs: 2,
    checkpointEvery: 1,
  },
  runs: 4,
};

const folder = await mkdtemp(path.join(tmpdir(), "weight-odometer-room-"));
await writeFile(path.join(folder, "wide.odometer.json"), JSON.stringify(experiment));

describe.runIf(canMount)("an experiment whose runs do not all fit on the disk", () => {
  const settings = { "weightOdometer.parallelRuns": 1 };
  const open = useWorkbench({ workspace: folder, settings });
  const results = () => path.join(open().workspace, ".weight-odometer/wide");
  afterAll(async () => {
    execFileSync("umount", ["--lazy", results()]);
    await rm(folder, { recursive: true, force: true });
  });

  test("asks before the first run, with what is needed and what there is, and can be cancelled", async () => {
    const workbench = open();
    await mkdir(results(), { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=12m", "tmpfs", results()]);
    await workbench.openFile("wide.odometer.json");
    await workbench.clickCodeLens("Run");
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.waitFor({ timeout: 30_000 });
    const text = await dialog.innerText();
    expect(text).toMatch(/The 4 runs to come need about 17\.9 MB.*has 1[12]\.\d MB left/s);
    expect(text).toContain("Without checkpoints along the way they need about 6.9 MB");
    await workbench.screenshot("room-question");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect.poll(state, aWhile).toBe("cancelled");
  });

  beforeEach(() => open().runCommand("View: Close All Editors"));

  test("trains all with fewer checkpoints where that is chosen, and its file says so", async () => {
    const workbench = open();
    await workbench.openFile("wide.odometer.json");
    await workbench.clickCodeLens("Resume");
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.getByRole("button", { name: "Keep Final Checkpoints Only" }).click();
    await expect.poll(state, aWhile).toBe("done");
    const file = path.join(workbench.workspace, "wide.odometer.json");
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ ...experiment, keep: "final" });
  });

  async function state(): Promise<string> {
    const live = await readFile(path.join(results(), "live.json"), "utf8");
    return (JSON.parse(live) as { state: string }).state;
  }
});
