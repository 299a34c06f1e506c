import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { useWorkbench } from "./harness/use-workbench";

const aWhile = { timeout: 60_000, interval: 100 };
const open = useWorkbench();

test("an experiment of the paper is chosen from a list, and is a file to change", async () => {
  const workbench = open();
  await workbench.runCommand("Weight Odometer: New Experiment");
  const input = workbench.quickInputWidget;
  for (const [typed, shown] of [
    ["tf-mnist", "parameters"],
    ["Experiment 3", "25 networks"],
    [null, "File name"],
  ] as const) {
    await expect.poll(() => input.innerHTML(), aWhile).toContain(shown);
    if (typed !== null) await input.locator("input[type=text]").fill(typed);
    await workbench.page.keyboard.press("Enter");
  }
  const name = "tf-mnist-experiment-3.odometer.json";
  await workbench.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  expect(JSON.parse(await readFile(path.join(workbench.workspace, name), "utf8"))).toMatchObject({
    train: { model: "tf-mnist", dataset: "mnist", equalSteps: true },
    runs: 5,
    levels: { labelFraction: [0.2, 0.4, 0.6, 0.8, 1] },
  });
});

test("Figs. 4 and 5 are simulated and drawn, and there after a reload of the window", async () => {
  const workbench = open();
  await workbench.runCommand("Weight Odometer: Simulate Shortest Distances (Figs. 4 and 5)");
  await expect.poll(() => workbench.quickInputWidget.innerHTML(), aWhile).toContain("As in the");
  await workbench.page.keyboard.press("Enter");
  await workbench.page
    .locator('.tab.active[data-resource-name^="Simulation"], .tab.active[aria-label^="Simulation"]')
    .waitFor({ timeout: 120_000 });
  const frame = await workbench.webviewFrame();
  await expect
    .poll(async () => (await frame.locator("h2").allInnerTexts()).join(), aWhile)
    .toMatch(/Fig. 4.*Fig. 5/i);
  expect(await frame.locator("body").innerText()).toMatch(/1\.167\d/);
  await workbench.screenshot("simulation");
  await workbench.reload();
  const restored = await workbench.webviewFrame();
  await expect
    .poll(() => restored.locator("body").innerText(), aWhile)
    .toMatch(/1\.167\d[^]*Fig. 5/i);
});
