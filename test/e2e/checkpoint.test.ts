import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeSafetensors, type TensorToWrite } from "../../src/checkpoint/write-safetensors";
import { useWorkbench } from "./harness/use-workbench";
import type { Workbench } from "./harness/workbench";

const aWhile = { timeout: 30_000, interval: 100 };

/** A small network of blocks whose weights are told from each other by their values. */
function network(blocks: number, scale: number): TensorToWrite[] {
  const tensor = (name: string, shape: readonly number[]): TensorToWrite => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length: count }, (_, i) => scale * Math.sin(i));
    return { name, shape, values };
  };
  return Array.from({ length: blocks }, (_, block) => [
    tensor(`model.layers.${block}.attention.weight`, [48, 64]),
    tensor(`model.layers.${block}.convolution.kernel`, [3, 3, 8, 16]),
    tensor(`model.layers.${block}.bias`, [64]),
  ]).flat();
}

/** A folder to open, with a checkpoint in it. */
async function workspace(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "weight-odometer-workspace-"));
  await writeSafetensors(path.join(folder, "net.safetensors"), network(20, 0.1), {
    format: "pt",
    step: "1200",
  });
  return folder;
}

/** Clicks a file in the Explorer, as its user does. */
async function clickFile(workbench: Workbench, name: string): Promise<void> {
  // Once its side bar is there, VS Code knows the extension's editors too.
  await workbench.openSideBar("Weight Odometer");
  await workbench.openSideBar("Explorer");
  await workbench.page
    .locator(".explorer-folders-view .monaco-list-row")
    .filter({ hasText: name })
    .first()
    .click();
}

const folder = await workspace();
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a checkpoint", () => {
  const open = useWorkbench({ workspace: folder });

  test("opens as a table of its tensors at a click on its file", async () => {
    const workbench = open();
    await clickFile(workbench, "net.safetensors");
    const frame = await workbench.webviewFrame();
    await expect.poll(() => frame.locator(".state").innerText(), aWhile).toContain("60 tensors");
    expect(await frame.getByRole("grid").getAttribute("aria-rowcount")).toBe("61");
    await workbench.screenshot("checkpoint-table-dark");
  });
});
