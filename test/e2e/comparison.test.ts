import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/checkpoint/write-safetensors";
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
  return folder;
}

/** Takes an entry of the menu that a right click on a file opens in the Explorer. */
async function contextMenu(workbench: Workbench, file: string, entry: string): Promise<void> {
  const { page } = workbench;
  const row = page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: file });
  const item = page.locator(".context-view .action-item").filter({ hasText: entry }).first();
  const taken = async (): Promise<boolean> => {
    try {
      await row.first().click({ button: "right", timeout: 3000 });
      await item.hover({ timeout: 3000 });
      // A menu that has just opened takes no click, lest the one that opened it chose something.
      await page.waitForTimeout(300);
      await item.click({ timeout: 3000 });
      await item.waitFor({ state: "hidden", timeout: 3000 });
      return true;
    } catch {
      await page.keyboard.press("Escape");
      return false;
    }
  };
  await expect.poll(taken, aWhile).toBe(true);
}

/** The first large figure of the panel that is to be seen. */
async function distance(workbench: Workbench): Promise<string> {
  const frame = await workbench.webviewFrame();
  return (await frame.locator(".large dd").first().allInnerTexts()).join("");
}

const folder = await workspace();
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("comparing two checkpoints", () => {
  const open = useWorkbench({ workspace: folder });

  test("shows from the Explorer's menu how far the weights moved", async () => {
    const workbench = open();
    await workbench.openSideBar("Weight Odometer");
    await workbench.openSideBar("Explorer");
    await contextMenu(workbench, "model-1.safetensors", "Select for Weight Comparison");
    await contextMenu(workbench, "model-2.safetensors", "Compare Weights with Selected");
    await expect.poll(() => distance(workbench), aWhile).toBe("10.00");
    const frame = await workbench.webviewFrame();
    expect(await frame.locator("h1").innerText()).toBe("model-1.safetensors → model-2.safetensors");
    expect(await frame.locator(".extent .row").count()).toBe(4);
    await workbench.screenshot("comparison-dark");
  });

  test("leaves no process behind that nobody needs, and has its panel back after a reload", async () => {
    const workbench = open();
    await workbench.reload();
    await expect.poll(() => distance(workbench), aWhile).toBe("10.00");
  });
});
