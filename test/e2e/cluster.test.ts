import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { obstacle, Site } from "../integration/slurm/site";
import { useWorkbench } from "./harness/use-workbench";
import type { Workbench } from "./harness/workbench";

const aWhile = { timeout: 60_000, interval: 100 };

async function described(workbench: Workbench): Promise<string> {
  const items = await workbench.treeItems("Experiments");
  return items.find(({ label }) => label === "cluster")?.description ?? "";
}

function schedulers(workbench: Workbench): number[] {
  return workbench
    .processes()
    .filter(({ command }) => command.includes("/dist/cli.js run "))
    .map(({ pid }) => pid);
}

/** A command that it has just started bears its name for a moment: it is waited for. */
async function killSubmitter(workbench: Workbench): Promise<void> {
  await expect.poll(() => schedulers(workbench), aWhile).toHaveLength(1);
  process.kill(schedulers(workbench)[0], "SIGKILL");
}

describe.skipIf(obstacle !== undefined)("an experiment on a cluster", () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.start();
  });
  // After Slurm: the server has its address in its environment.
  const open = useWorkbench({ workspace: path.join(__dirname, "cluster-workspace") });
  afterAll(() => site.stop());

  test("is sent to it at a press of Run, and says where its runs are", async () => {
    const workbench = open();
    await workbench.openSideBar("Weight Odometer");
    await workbench.openFile("cluster.odometer.json");
    await workbench.clickCodeLens("Run");
    const frame = await workbench.webviewFrame();
    await expect
      .poll(async () => (await frame.locator(".state").allInnerTexts()).join(), aWhile)
      .toMatch(/Slurm job \d+(, \d+)*: [12] tasks? running, \d waiting/);
    await workbench.screenshot("cluster");
    expect(await site.slurm.jobs()).not.toBe("");
  });

  test("is held in Slurm's queue while it is paused, also after its submitter was killed", async () => {
    const workbench = open();
    await workbench.runCommand("Weight Odometer: Pause Experiment");
    await expect.poll(() => site.slurm.jobs(), aWhile).toContain("JobHeldUser");
    await killSubmitter(workbench);
    await workbench.reload();
    // Nobody goes on with what was paused before its user says so.
    await expect.poll(() => described(workbench), aWhile).toMatch(/^left to Slurm/);
    expect(await site.slurm.jobs()).toContain("JobHeldUser");
    await workbench.clickCodeLens("Resume");
    await expect.poll(() => site.slurm.jobs(), aWhile).not.toContain("JobHeldUser");
  });

  test("goes on by itself in a window that is opened after its submitter was killed", async () => {
    const workbench = open();
    await killSubmitter(workbench);
    await workbench.reload();
    await expect
      .poll(() => described(workbench), { ...aWhile, timeout: 120_000 })
      .toMatch(/^distance [\d.]+ ± [\d.]+ \(8 runs\)$/);
    await expect.poll(() => schedulers(workbench), aWhile).toEqual([]);
    await expect.poll(() => site.slurm.jobs(), aWhile).toBe("");
  });
});
