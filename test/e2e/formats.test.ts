import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { clickInExplorer, explorerMenu } from "./harness/explorer";
import { useWorkbench } from "./harness/use-workbench";
import type { Workbench } from "./harness/workbench";

const aWhile = { timeout: 30_000, interval: 100 };
const fixtures = path.join(__dirname, "../fixtures/checkpoint");

/** Files that the real packages wrote, with the values that they read back; and how each is opened. */
const files = [
  { from: "gguf/aligned", as: ".gguf", format: "GGUF", tensor: "q.Q4_0", by: "click" },
  { from: "pytorch/module", as: ".pt", format: "PyTorch", tensor: "conv.weight", by: "menu" },
  { from: "numpy/stored", as: ".npz", format: "npz", tensor: "f64", by: "menu" },
  { from: "keras/keras2-weights", as: ".h5", format: "keras-h5", tensor: "kernel", by: "reopen" },
] as const;
const hostile = "doubling.pt";

async function workspace(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "weight-odometer-formats-"));
  for (const { from, as } of files)
    await copyFile(path.join(fixtures, from + as), path.join(folder, path.basename(from) + as));
  await copyFile(path.join(fixtures, "pytorch", hostile), path.join(folder, hostile));
  return folder;
}

/** Opens a file in the checkpoint editor, as its user does. */
async function openAs(workbench: Workbench, name: string, by: "click" | "menu" | "reopen") {
  if (by === "menu") {
    await explorerMenu(workbench.page, name, "Open Checkpoint");
    return;
  }
  await clickInExplorer(workbench.page, name);
  if (by === "click") return;
  // VS Code's own editor, which cannot show it, gives way to ours.
  await workbench.page.getByText("it is either binary or uses an unsupported").waitFor();
  await workbench.runCommand("View: Reopen Editor With...");
  await workbench.quickInputWidget
    .locator(".monaco-list-row")
    .filter({ hasText: "Checkpoint" })
    .first()
    .click();
}

const text = async (frame: Frame, selector: string): Promise<string> =>
  (await frame.locator(selector).allInnerTexts()).join("\n");

const folder = await workspace();
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the checkpoint editor", () => {
  const open = useWorkbench({ workspace: folder });

  test.each(files)("opens $format: table, figures, heatmap, values", async (file) => {
    const { from, as, format, tensor, by } = file;
    const expected = JSON.parse(await readFile(path.join(fixtures, `${from}.json`), "utf8")) as {
      readonly name: string;
      readonly values: readonly number[];
    }[];
    const workbench = open();
    const name = path.basename(from) + as;
    await workbench.openSideBar("Weight Odometer");
    await workbench.openSideBar("Explorer");
    await openAs(workbench, name, by);
    const frame = await workbench.webviewFrame();
    await expect.poll(() => text(frame, "h1"), aWhile).toBe(name);
    await expect.poll(() => text(frame, "header .state"), aWhile).toContain(format);
    expect(await frame.getByRole("grid").first().getAttribute("aria-rowcount")).toBe(
      String(expected.length + 1),
    );
    await frame.getByRole("searchbox").fill(tensor);
    await frame.getByRole("row").filter({ hasText: tensor }).first().click();
    const shown = await frame.locator(".tensor-title").innerText();
    const { values } = expected.find((one) => one.name === shown)!;
    await expect.poll(() => text(frame, ".tensor-figures"), aWhile).toMatch(/L2 norm\s+\d/);
    const norm = Number(/L2 norm\s+([\d.]+)/.exec(await text(frame, ".tensor-figures"))?.[1]);
    expect(norm / Math.hypot(...values)).toBeCloseTo(1, 3);
    expect(await frame.locator(".histogram .bars > *").count()).toBeGreaterThan(1);
    await frame.locator(".stage[data-drawn=yes]").waitFor();
    await frame.getByRole("radio", { name: "Numbers" }).check({ force: true });
    const first = frame.locator(".value-row .value-cell").first();
    await expect.poll(() => first.getAttribute("title"), aWhile).toBe(String(values[0]));
  });

  test("says one error of a hostile file, and no more", async () => {
    const workbench = open();
    await openAs(workbench, hostile, "menu");
    const alert = (await workbench.webviewFrame()).getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/cannot be read[^]*refer to one another too often/);
    expect(await alert.innerText()).toContain(path.join(workbench.workspace, hostile));
    expect(
      await workbench.page.locator(".notifications-toasts .notification-list-item").count(),
    ).toBe(0);
  });
});
