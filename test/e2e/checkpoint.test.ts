import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { writeSafetensors, type TensorToWrite } from "../../src/checkpoint/write-safetensors";
import { clickInExplorer, explorerMenu } from "./harness/explorer";
import { inkColours } from "./harness/picture";
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

const metadata = { format: "pt", step: "1200" };

/** A folder to open, with a checkpoint, a broken one, and one under a name that other files have too. */
async function workspace(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "weight-odometer-workspace-"));
  const whole = path.join(folder, "net.safetensors");
  await writeSafetensors(whole, network(20, 0.1), metadata);
  const bytes = await readFile(whole);
  await writeFile(path.join(folder, "broken.safetensors"), bytes.subarray(0, bytes.length - 100));
  await writeFile(path.join(folder, "net.bin"), bytes);
  return folder;
}

/** Clicks a file in the Explorer, as its user does. */
async function clickFile(workbench: Workbench, name: string): Promise<void> {
  // Once its side bar is there, VS Code knows the extension's editors too.
  await workbench.openSideBar("Weight Odometer");
  await workbench.openSideBar("Explorer");
  await clickInExplorer(workbench.page, name);
}

const text = async (frame: Frame, selector: string): Promise<string> =>
  (await frame.locator(selector).allInnerTexts()).join("\n");

/** The values of the grid's first cells, in full. */
const firstCell = (frame: Frame): Promise<string | null> =>
  frame.locator(".value-row .value-cell").first().getAttribute("title");

const folder = await workspace();
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a checkpoint", () => {
  const open = useWorkbench({ workspace: folder });
  const kernel = "model.layers.7.convolution.kernel";

  test("opens as a table of its tensors at a click on its file", async () => {
    const workbench = open();
    await clickFile(workbench, "net.safetensors");
    const frame = await workbench.webviewFrame();
    await expect.poll(() => text(frame, "header .state"), aWhile).toContain("60 tensors");
    expect(await frame.getByRole("grid").getAttribute("aria-rowcount")).toBe("61");
  });

  test("is searched, and shows a tensor's figures and heatmap", async () => {
    const workbench = open();
    const frame = await workbench.webviewFrame();
    await frame.getByRole("searchbox").fill("7.conv");
    await expect.poll(() => text(frame, ".found"), aWhile).toBe("2 of 60 tensors");
    await frame.getByRole("row").filter({ hasText: kernel }).click();
    await expect.poll(() => text(frame, ".tensor-title"), aWhile).toBe(kernel);
    await expect.poll(() => text(frame, ".tensor-figures"), aWhile).toMatch(/L2 norm\s+2\.4\d/);
    await frame.locator(".stage[data-drawn=yes]").waitFor();
    const stage = frame.locator(".stage canvas");
    await expect.poll(async () => inkColours(await stage.screenshot()), aWhile).toBeGreaterThan(50);
    await workbench.screenshot("checkpoint-dark");
  });

  test("is drawn in the colours of every theme", async () => {
    const workbench = open();
    const frame = await workbench.webviewFrame();
    const background = (): Promise<string> =>
      frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const seen = [await background()];
    for (const theme of ["light", "hc"] as const) {
      await workbench.setTheme(theme);
      await expect.poll(background, aWhile).not.toBe(seen.at(-1));
      seen.push(await background());
      await workbench.screenshot(`checkpoint-${theme}`);
    }
    await workbench.setTheme("dark");
  });

  test("shows a tensor's values as numbers, slice by slice", async () => {
    const workbench = open();
    const frame = await workbench.webviewFrame();
    await frame.getByRole("radio", { name: "Numbers" }).check({ force: true });
    await expect.poll(() => firstCell(frame), aWhile).toBe("0");
    await frame.getByLabel("Index along axis 1, 0 to 2").fill("1");
    await frame.getByLabel("Index along axis 1, 0 to 2").press("Enter");
    const value = String(Math.fround(0.1 * Math.sin(8 * 16)));
    await expect.poll(() => firstCell(frame), aWhile).toBe(value);
  });

  test("has its tensor and slice back after a reload of the window", async () => {
    const workbench = open();
    await workbench.reload();
    const frame = await workbench.webviewFrame();
    await expect.poll(() => text(frame, ".tensor-title"), aWhile).toBe(kernel);
    const value = String(Math.fround(0.1 * Math.sin(8 * 16)));
    await expect.poll(() => firstCell(frame), aWhile).toBe(value);
  });

  test("follows its file: a half-written one leaves what was seen, a whole one replaces it", async () => {
    const workbench = open();
    const frame = await workbench.webviewFrame();
    const file = path.join(workbench.workspace, "net.safetensors");
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, 5000));
    await expect.poll(() => text(frame, "header .note"), aWhile).toContain("cannot be read now");
    expect(await text(frame, ".tensor-title")).toBe(kernel);
    await writeSafetensors(file, network(21, 0.2), metadata);
    await expect.poll(() => text(frame, "header .state"), aWhile).toContain("63 tensors");
    expect(await frame.locator("header .note").isVisible()).toBe(false);
    const value = String(Math.fround(0.2 * Math.sin(8 * 16)));
    await expect.poll(() => firstCell(frame), aWhile).toBe(value);
  });

  test("that is broken shows one error, and opens as text when asked", async () => {
    const workbench = open();
    await clickFile(workbench, "broken.safetensors");
    const alert = workbench.webviewFrame().then((frame) => frame.getByRole("alert"));
    await (await alert).waitFor();
    const words = await (await alert).innerText();
    expect(words).toContain("This checkpoint cannot be read");
    expect(words).toContain(path.join(workbench.workspace, "broken.safetensors"));
    expect(words).toMatch(/at byte [\d,]+/);
    expect(
      await workbench.page.locator(".notifications-toasts .notification-list-item").count(),
    ).toBe(0);
    await workbench.screenshot("checkpoint-broken");
    await (await workbench.webviewFrame()).getByRole("button", { name: "Reopen as Text" }).click();
    await workbench.page.getByText("it is either binary or uses an unsupported").waitFor();
  });

  test("under another name opens by the Explorer's menu", async () => {
    const workbench = open();
    await explorerMenu(workbench.page, "net.bin", "Open Checkpoint");
    const frame = await workbench.webviewFrame();
    await expect.poll(() => text(frame, "h1"), aWhile).toBe("net.bin");
    await expect.poll(() => text(frame, "header .state"), aWhile).toContain("60 tensors");
  });
});

describe("a checkpoint in Restricted Mode", () => {
  const open = useWorkbench({ workspace: folder, restricted: true });

  test("opens, since nothing in it runs", async () => {
    const workbench = open();
    await clickFile(workbench, "net.safetensors");
    const frame = await workbench.webviewFrame();
    await expect.poll(() => text(frame, "header .state"), aWhile).toContain("60 tensors");
    await frame.getByRole("row").nth(1).click();
    await frame.locator(".stage[data-drawn=yes]").waitFor();
  });
});
