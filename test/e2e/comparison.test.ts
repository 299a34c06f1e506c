import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/checkpoint/write-safetensors";
import { explorerMenu, explorerRow } from "./harness/explorer";
import { useWorkbench } from "./harness/use-workbench";
import type { Workbench } from "./harness/workbench";

const aWhile = { timeout: 30_000, interval: 100 };

/** Writes weights of two blocks whose every value is `level`, so that a distance is known beforehand. */
async function write(file: string, level: number): Promise<void> {
  const tensor = (name: string, shape: readonly number[]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return { name, shape, values: new Float32Array(count).fill(level) };
  };
  await writeSafetensors(
    file,
    [0, 1].flatMap((block) => [
      tensor(`model.layers.${block}.self_attn.q_proj.weight`, [6, 5]),
      tensor(`model.layers.${block}.mlp.up_proj.weight`, [10, 2]),
    ]),
  );
}

/** Of 100 values that all moved by 1 the distance is 10. */
async function workspace(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "weight-odometer-comparison-"));
  await write(path.join(folder, "model-1.safetensors"), 1);
  await write(path.join(folder, "model-2.safetensors"), 2);
  await writeFile(path.join(folder, "broken.safetensors"), "no checkpoint at all");
  await mkdir(path.join(folder, "training"));
  await write(path.join(folder, "training", "step-10.safetensors"), 1);
  return folder;
}

async function panelText(workbench: Workbench, selector: string): Promise<string> {
  const frame = await workbench.webviewFrame();
  return (await frame.locator(selector).allInnerTexts()).join("\n");
}

/** The first large figure of the panel that is to be seen. */
async function distance(workbench: Workbench): Promise<string> {
  const frame = await workbench.webviewFrame();
  return (await frame.locator(".large dd").first().allInnerTexts()).join("");
}

/** The processes that measure now. */
function measurers(workbench: Workbench): number {
  return workbench.processes().filter(({ command }) => command.includes("measurer.js")).length;
}

/** Compares the two checkpoints by the Explorer's menu. */
async function compare(workbench: Workbench, a: string, b: string): Promise<void> {
  // Once its side bar is there, VS Code knows the extension's menus too.
  await workbench.openSideBar("Weight Odometer");
  await workbench.openSideBar("Explorer");
  await explorerMenu(workbench.page, a, "Select for Weight Comparison");
  await explorerMenu(workbench.page, b, "Compare Weights with Selected");
}

const folder = await workspace();
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("comparing two checkpoints", () => {
  const open = useWorkbench({ workspace: folder });

  test("shows from the Explorer's menu how far the weights moved, and leaves no process behind", async () => {
    const workbench = open();
    await compare(workbench, "model-1.safetensors", "model-2.safetensors");
    await expect.poll(() => distance(workbench), aWhile).toBe("10.00");
    const frame = await workbench.webviewFrame();
    expect(await frame.locator("h1").innerText()).toBe("model-1.safetensors → model-2.safetensors");
    expect(await frame.locator(".extent .row").count()).toBe(4);
    expect(await frame.locator(".heatmap .field").count()).toBe(4);
    await expect.poll(() => measurers(workbench), aWhile).toBe(0);
  });

  test("is drawn in the colours of every theme", async () => {
    const workbench = open();
    await workbench.screenshot("comparison-dark");
    for (const theme of ["light", "hc"] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`comparison-${theme}`);
    }
    await workbench.setTheme("dark");
  });

  test("goes the other way at a press of Swap, and is back after a reload of the window", async () => {
    const workbench = open();
    const swapped = "model-2.safetensors → model-1.safetensors";
    await (await workbench.webviewFrame()).getByRole("button", { name: "Swap" }).click();
    await expect.poll(() => panelText(workbench, "h1"), aWhile).toBe(swapped);
    await expect.poll(() => panelText(workbench, ".large dd"), aWhile).toMatch(/^10\.00\n50/);
    await workbench.reload();
    await expect.poll(() => panelText(workbench, "h1"), aWhile).toBe(swapped);
    await expect.poll(() => distance(workbench), aWhile).toBe("10.00");
  });

  test("compares two files that are selected, the one first that comes first in training", async () => {
    const workbench = open();
    await workbench.openSideBar("Explorer");
    for (const file of ["model-2.safetensors", "model-1.safetensors"])
      await explorerRow(workbench.page, file).click({ modifiers: ["Control"] });
    await explorerMenu(workbench.page, "model-1.safetensors", "Compare Weights");
    const names = "model-1.safetensors → model-2.safetensors";
    await expect.poll(() => panelText(workbench, "h1"), aWhile).toBe(names);
    await expect.poll(() => distance(workbench), aWhile).toBe("10.00");
    await workbench.runCommand("View: Close All Editors");
  });

  test("says once, with file and reason, what it cannot read", async () => {
    const workbench = open();
    await compare(workbench, "model-1.safetensors", "broken.safetensors");
    await expect.poll(() => panelText(workbench, ".failure-page .reason"), aWhile).not.toBe("");
    expect(await panelText(workbench, ".failure-page")).toContain("broken.safetensors");
    expect(await panelText(workbench, ".large")).toBe("");
    await workbench.screenshot("comparison-failed");
  });
});

describe("the trajectory of a folder", () => {
  const open = useWorkbench({ workspace: folder });

  test("waits for a second checkpoint, and grows while a training writes", async () => {
    const workbench = open();
    await workbench.openSideBar("Weight Odometer");
    await workbench.openSideBar("Explorer");
    await explorerMenu(workbench.page, "training", "Show Weight Trajectory");
    await expect
      .poll(() => panelText(workbench, ".empty h2"), aWhile)
      .toBe("One checkpoint so far");
    const training = path.join(workbench.workspace, "training");
    await write(path.join(training, "step-20.safetensors"), 2);
    await expect.poll(() => distance(workbench), aWhile).toBe("10.00");
    await write(path.join(training, "step-100.safetensors"), 4);
    await expect.poll(() => distance(workbench), aWhile).toBe("30.00");
    expect(await panelText(workbench, ".points tbody tr th")).toBe(
      "step-10.safetensors\nstep-20.safetensors\nstep-100.safetensors",
    );
    await workbench.screenshot("trajectory-dark");
    await workbench.setTheme("hc");
    await workbench.screenshot("trajectory-hc");
    await workbench.setTheme("dark");
  });

  test("is followed again after a reload, and by no process once its panel is closed", async () => {
    const workbench = open();
    await workbench.reload();
    await expect.poll(() => distance(workbench), aWhile).toBe("30.00");
    expect(measurers(workbench)).toBe(1);
    await workbench.runCommand("View: Close All Editors");
    await expect.poll(() => measurers(workbench), aWhile).toBe(0);
  });
});

describe("in Restricted Mode", () => {
  const open = useWorkbench({ workspace: folder, restricted: true });

  test("checkpoints are compared all the same: nothing of them runs", async () => {
    const workbench = open();
    await compare(workbench, "model-1.safetensors", "model-2.safetensors");
    await expect.poll(() => distance(workbench), aWhile).toBe("10.00");
  });

  test("so is the way that a folder's checkpoints went", async () => {
    const workbench = open();
    const training = path.join(workbench.workspace, "training");
    await write(path.join(training, "step-20.safetensors"), 4);
    await explorerMenu(workbench.page, "training", "Show Weight Trajectory");
    await expect.poll(() => panelText(workbench, "h1"), aWhile).toBe("training");
    await expect.poll(() => distance(workbench), aWhile).toBe("30.00");
  });
});
