import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { useWorkbench } from "./harness/use-workbench";

const aWhile = { timeout: 30_000, interval: 100 };

/** Four weights that move by one each, a tenth more with each seed: by 2, 2.2 and 2.4 in all. */
const script = `import os
import numpy
folder = os.environ["WEIGHT_ODOMETER_RUN_DIRECTORY"]
seed = int(os.environ["WEIGHT_ODOMETER_SEED"])
weights = numpy.random.default_rng(seed).normal(size=4)
numpy.savez(os.path.join(folder, "initial.npz"), w=weights)
numpy.savez(os.path.join(folder, "final.npz"), w=weights + 1 + seed / 10)
`;
/** The first run prints more than VS Code gives to an extension. */
const broken = `def main():
    raise ValueError("no data")

import os
if os.environ["WEIGHT_ODOMETER_SEED"] == "0":
    for _ in range(60):
        print(("x" * 99 + "\\n") * 10_000)
main()
`;

async function workspace(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "weight-odometer-own-"));
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await write("train.py", script);
  await write("broken.py", broken);
  for (const name of ["train", "broken"]) {
    const train = { command: ["python3", `${name}.py`] };
    await write(`my-${name}.odometer.json`, JSON.stringify({ train, runs: 3 }));
  }
  await mkdir(path.join(folder, ".vscode"));
  const task = { type: "weight-odometer", experiment: "my-train.odometer.json", label: "train" };
  await write(".vscode/tasks.json", JSON.stringify({ version: "2.0.0", tasks: [task] }));
  return folder;
}

const folder = await workspace();
const open = useWorkbench({ workspace: folder });
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => open().runCommand("View: Close All Editors"));

test("a training of one's own is run, and its script shows what came of it", async () => {
  const workbench = open();
  await workbench.openFile("my-train.odometer.json");
  await workbench.clickCodeLens("Run");
  await workbench.openFile("train.py");
  await expect
    .poll(() => workbench.codeLenses(), { ...aWhile, timeout: 60_000 })
    .toEqual([expect.stringMatching(/my-train: distance 2\.200 ± 0\.20 \(3 runs\)$/)]);
  await workbench.screenshot("own-training");
});

test("its figures stand in a table on hovering its first line", async () => {
  const workbench = open();
  await workbench.openFile("train.py");
  const shown = workbench.page.locator(".monaco-hover").filter({ hasText: "my-train" });
  await expect
    .poll(async () => {
      await workbench.runCommand("Show or Focus Hover");
      return (await shown.allInnerTexts()).join();
    }, aWhile)
    .toMatch(/my-train.*2\.200 ± 0\.20.*Show results/s);
  await workbench.screenshot("own-training-hover");
  await workbench.page.keyboard.press("Escape");
});

test("more seeds are added to what is finished", async () => {
  const workbench = open();
  await workbench.openFile("my-train.odometer.json");
  await workbench.runCommand("Weight Odometer: Add More Seeds");
  const input = workbench.page.locator(".quick-input-widget");
  await expect.poll(() => input.innerHTML(), aWhile).toContain("Seeds in all");
  await workbench.page.keyboard.type("4");
  await workbench.page.keyboard.press("Enter");
  const file = path.join(workbench.workspace, "my-train.odometer.json");
  await expect.poll(() => readFile(file, "utf8"), aWhile).toContain('"runs":4');
  // The panel comes to the front: the script is opened when it has.
  await workbench.page.getByRole("tab", { name: "my-train: results" }).waitFor();
  await workbench.openFile("train.py");
  await expect
    .poll(() => workbench.codeLenses(), { ...aWhile, timeout: 60_000 })
    .toContainEqual(expect.stringMatching(/^\W*my-train: distance 2\.300 ± 0\.26 \(4 runs\)$/));
});

test("a task of tasks.json runs what is not finished yet, and reports in its terminal", async () => {
  const workbench = open();
  const file = path.join(workbench.workspace, "my-train.odometer.json");
  await writeFile(file, (await readFile(file, "utf8")).replace('"runs":4', '"runs":5'));
  await workbench.runCommand("Tasks: Run Task");
  await workbench.quickInputWidget.getByText("train", { exact: true }).first().click();
  const results = path.join(workbench.workspace, ".weight-odometer/my-train/results.json");
  const runs = async () => (JSON.parse(await readFile(results, "utf8")) as { runs: number }).runs;
  await expect.poll(runs, { ...aWhile, timeout: 60_000 }).toBe(5);
  const terminal = workbench.page.locator(".terminal-wrapper.active");
  await terminal.waitFor();
  await workbench.screenshot("own-training-task");
});

test("a change of the script since then is marked beside it", async () => {
  const workbench = open();
  await workbench.openFile("train.py");
  const mark = workbench.page.locator(".cgmr[class*='ced-']").filter({ visible: true });
  expect(await mark.count()).toBe(0);
  await appendFile(path.join(workbench.workspace, "train.py"), "# changed\n");
  await expect.poll(() => mark.count(), aWhile).toBe(1);
  await workbench.screenshot("own-training-changed");
});

test("the line at which runs fail is marked", async () => {
  const workbench = open();
  await workbench.openFile("my-broken.odometer.json");
  await workbench.clickCodeLens("Run");
  await expect
    .poll(async () => (await workbench.problems()).filter(({ file }) => file === "broken.py"), {
      ...aWhile,
      timeout: 60_000,
    })
    .toMatchObject([
      {
        severity: "error",
        message: expect.stringMatching(
          /^3 runs of my-broken failed here: ValueError: no data/,
        ) as string,
        line: 2,
      },
    ]);
});

test("what a failed run has printed is opened from the panel, however much it is", async () => {
  const workbench = open();
  await workbench.openFile("my-broken.odometer.json");
  await workbench.runCommand("Weight Odometer: Show Results");
  for (const [run, text] of [
    // VS Code itself asks before it shows so much.
    [0, /x{99}|is very large/],
    [1, /no data/],
  ] as const) {
    await workbench.page.getByRole("tab", { name: "my-broken: results" }).click();
    const frame = await workbench.webviewFrame();
    await frame.locator(`.runs tr[data-run="${run}"]`).click();
    await frame.locator(".runs").getByRole("button", { name: "Show its output" }).click();
    await workbench.page.locator('.tab[data-resource-name="output.log"]').first().waitFor();
    const editors = workbench.page.locator(".editor-group-container").filter({ visible: true });
    const shown = async () => (await editors.allInnerTexts()).join().replaceAll("\u00a0", " ");
    await expect.poll(shown, aWhile).toMatch(text);
    await workbench.screenshot(`own-training-output-${run}`);
  }
});

test("an experiment is made from a script's file", async () => {
  const workbench = open();
  await workbench.openFile("train.py");
  await workbench.runCommand("Weight Odometer: New Experiment from This File");
  const input = workbench.page.locator(".quick-input-widget");
  for (const asked of ["What do you want to know", "Command that trains once", "Number of seeds"]) {
    await expect.poll(() => input.innerHTML(), aWhile).toContain(asked);
    await workbench.page.keyboard.press("Enter");
  }
  const file = path.join(workbench.workspace, "train.odometer.json");
  await expect.poll(() => readFile(file, "utf8").catch(() => ""), aWhile).not.toBe("");
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    train: { command: ["python3", "train.py"], script: "train.py" },
    runs: 5,
  });
});
