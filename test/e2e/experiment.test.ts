import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Frame, Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { inkColours } from "./harness/picture";
import { useWorkbench } from "./harness/use-workbench";
import type { Workbench } from "./harness/workbench";

const aWhile = { timeout: 30_000, interval: 100 };

/** The scheduler and trainers that the extension has started, by what they run. */
function programs(workbench: Workbench): { schedulers: number[]; trainers: number[] } {
  const running = (script: string): number[] =>
    workbench
      .processes()
      .filter(({ command }) => command.includes(script))
      .map(({ pid }) => pid);
  return { schedulers: running("/dist/cli.js run"), trainers: running("/dist/trainer.js") };
}

/** The grey text of an experiment in the activity bar's view. */
async function described(workbench: Workbench, name: string): Promise<string> {
  const items = await workbench.treeItems("Experiments");
  return items.find((item) => item.label === name)?.description ?? "";
}

async function panelText(frame: Frame, selector: string): Promise<string> {
  return (await frame.locator(selector).allInnerTexts()).join("\n");
}

/** Where on a map's stage there is a point, in pixels from its corner. */
async function pointOf(stage: Locator): Promise<{ x: number; y: number }> {
  const found = await stage.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    for (let y = 4; y < height; y += 4)
      for (let x = 4; x < width; x += 4) {
        const place = { clientX: left + x, clientY: top + y };
        element.dispatchEvent(new PointerEvent("pointermove", place));
        if (element.classList.contains("pointing")) return { x, y };
      }
    return null;
  });
  if (!found) throw new Error("The map has no point.");
  return found;
}

describe("an experiment", () => {
  const open = useWorkbench();

  test("trains at a press of Run above its first line, and shows its progress in the side bar", async () => {
    const workbench = open();
    await workbench.openSideBar("Weight Odometer");
    await expect.poll(() => described(workbench, "small"), aWhile).toBe("not run yet");
    await workbench.openFile("small.odometer.json");
    await workbench.clickCodeLens("Run");
    await expect.poll(() => described(workbench, "small"), aWhile).toMatch(/\d of 4 runs, \d+ %/);
    await expect
      .poll(() => described(workbench, "small"), { ...aWhile, timeout: 90_000 })
      .toMatch(/^distance [\d.]+ ± [\d.]+ \(4 runs\)$/);
    expect(programs(workbench)).toEqual({ schedulers: [], trainers: [] });
  });

  test("shows its results beside the file: state, a row for each run, and the map", async () => {
    const workbench = open();
    const frame = await workbench.webviewFrame();
    expect(await panelText(frame, "h1")).toBe("small");
    await expect.poll(() => panelText(frame, ".state"), aWhile).toBe("4 finished");
    expect(await frame.locator("tr[data-run].is-finished").count()).toBe(4);
    const map = frame.locator("[aria-roledescription='3-D map'] canvas").first();
    await expect.poll(async () => inkColours(await map.screenshot()), aWhile).toBeGreaterThan(50);
    await workbench.screenshot("results-dark");
  });

  test("leads from a point of the map to its run's folder and checkpoint", async () => {
    const workbench = open();
    const frame = await workbench.webviewFrame();
    const stage = frame.locator(".map-stage .stage").first();
    await stage.click({ position: await pointOf(stage) });
    const line = frame.locator(".map .run-line");
    await expect.poll(() => line.innerText(), aWhile).toMatch(/run \d/);
    const folder = await line.locator("code").innerText();
    expect(folder).toMatch(/^runs\/[0-9a-f]{2}\/[0-9a-f]+$/);
    await line.getByRole("button", { name: "Show its files" }).click();
    const chosen = workbench.page.locator(
      ".explorer-folders-view .monaco-list-row.selected .monaco-icon-label",
    );
    await expect
      .poll(async () => (await chosen.getAttribute("aria-label")) ?? "", aWhile)
      .toContain(`${folder}/final.safetensors`);
    await workbench.screenshot("run-of-a-point");
    // From there a click opens the checkpoint itself.
    await chosen.dblclick();
    await workbench.page.locator('.tab[data-resource-name="final.safetensors"]').waitFor();
    await workbench.page.locator('.tab[data-resource-name="final.safetensors"]').click();
    await workbench.runCommand("View: Close Editor");
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
      await workbench.screenshot(`results-${theme}`);
    }
    await workbench.setTheme("dark");
  });

  test("has its panel back after a reload of the window", async () => {
    const workbench = open();
    await workbench.reload();
    const frame = await workbench.webviewFrame();
    await expect.poll(() => panelText(frame, "h1"), aWhile).toBe("small");
    await expect.poll(() => panelText(frame, ".state"), aWhile).toBe("4 finished");
  });

  test("gives Algorithm 2's estimate in a page of its own", async () => {
    const workbench = open();
    await workbench.runCommand("Weight Odometer: Estimate Distance from Runs (Algorithm 2)");
    await expect.poll(() => workbench.quickInputWidget.innerHTML(), aWhile).toContain("t = 0.3");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator('.tab.active[aria-label^="Algorithm 2: small"]').waitFor();
    const frame = await workbench.webviewFrame();
    await expect
      .poll(() => frame.locator("body").innerText(), aWhile)
      .toMatch(/4 runs are fewer than the 200 samples[^]*first drawn\s+4\s/);
    await workbench.screenshot("estimate");
    await workbench.runCommand("View: Close Editor");
  });

  test("computes results anew that another version has written, and says what it is doing", async () => {
    const workbench = open();
    const file = path.join(workbench.workspace, ".weight-odometer/small/results.json");
    const { runs } = JSON.parse(await readFile(file, "utf8")) as { runs: number };
    await writeFile(file, JSON.stringify({ format: "weight-odometer results 3", runs }));
    const frame = await workbench.webviewFrame();
    await expect.poll(() => panelText(frame, ".empty"), aWhile).toContain("another version");
    await workbench.screenshot("results-of-another-version");
    await expect.poll(() => panelText(frame, ".state"), aWhile).toBe("4 finished");
    expect(await readFile(file, "utf8")).toContain("weight-odometer results 7");
  });

  test("is compared with another in a panel that is back after a reload of the window", async () => {
    const workbench = open();
    const { workspace } = workbench;
    const results = path.join(workspace, ".weight-odometer");
    await cp(path.join(results, "small"), path.join(results, "twin"), { recursive: true });
    await cp(
      path.join(workspace, "small.odometer.json"),
      path.join(workspace, "twin.odometer.json"),
    );
    await workbench.openSideBar("Weight Odometer");
    await expect.poll(() => described(workbench, "twin"), aWhile).toMatch(/^distance/);
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Weight Odometer: Compare Experiments");
    const choice = workbench.quickInputWidget;
    for (const name of ["small", "twin"])
      await choice
        .locator(".monaco-list-row")
        .filter({ hasText: `${name}.odometer.json` })
        .click();
    await workbench.page.keyboard.press("Enter");
    const heading = async (): Promise<string> => panelText(await workbench.webviewFrame(), "h1");
    await expect.poll(heading, aWhile).toBe("Comparison of 2 experiments");
    await workbench.reload();
    await expect.poll(heading, aWhile).toBe("Comparison of 2 experiments");
  });
});

describe("a training under way", () => {
  const open = useWorkbench();

  test("goes on through a reload of the window, and the panel follows it again", async () => {
    const workbench = open();
    await workbench.openFile("long.odometer.json");
    await workbench.clickCodeLens("Run");
    const runningText = async (): Promise<string> =>
      panelText(await workbench.webviewFrame(), "tr.is-running .state-cell span:first-child");
    await expect.poll(runningText, aWhile).toMatch(/^epoch \d+ of 10,000/);
    const before = programs(workbench);
    expect(before.schedulers).toHaveLength(1);

    await workbench.reload();
    await expect.poll(runningText, aWhile).toMatch(/^epoch \d+ of 10,000/);
    expect(programs(workbench)).toEqual(before);
    const text = await runningText();
    await expect.poll(runningText, aWhile).not.toBe(text);
  });

  test("leaves no process behind when it is cancelled", async () => {
    const workbench = open();
    await workbench.clickCodeLens("Cancel");
    await expect.poll(() => programs(workbench), aWhile).toEqual({ schedulers: [], trainers: [] });
    await expect.poll(() => workbench.codeLenses(), aWhile).toContain("Resume");
    await workbench.openSideBar("Weight Odometer");
    await expect.poll(() => described(workbench, "long"), aWhile).toBe("stopped");
  });
});

describe("a wrong experiment file", () => {
  const open = useWorkbench();

  test("is marked where its settings do not fit together", async () => {
    const workbench = open();
    await workbench.openFile("bad.odometer.json");
    await expect
      .poll(() => workbench.problems(), aWhile)
      .toEqual([
        {
          file: "bad.odometer.json",
          severity: "error",
          message: expect.stringContaining("mnist-dense tells classes apart") as string,
          line: 4,
          column: 16,
        },
      ]);
  });

  test("is marked by its schema where a value is of the wrong kind", async () => {
    const workbench = open();
    await workbench.openFile("unknown.odometer.json");
    await expect
      .poll(
        async () => (await workbench.problems()).filter(({ file }) => file.startsWith("unknown")),
        aWhile,
      )
      .toMatchObject([{ line: 4, message: expect.stringMatching(/integer/) as string }]);
  });

  test("does not train, and says why", async () => {
    const workbench = open();
    await workbench.openFile("bad.odometer.json");
    await workbench.clickCodeLens("Run");
    await workbench.waitForNotification(/bad: .*mnist-dense tells classes apart/);
    expect(programs(workbench)).toEqual({ schedulers: [], trainers: [] });
  });
});

describe("a dataset that is not there", () => {
  const open = useWorkbench({ settings: { "weightOdometer.dataDirectory": "/nowhere/at/all" } });

  test("is named, with the place where it was looked for", async () => {
    const workbench = open();
    await workbench.openFile("small.odometer.json");
    await workbench.clickCodeLens("Run");
    const { message } = await workbench.waitForNotification(/MNIST was not found/);
    expect(message).toMatch(/^small: MNIST was not found\..*\/nowhere\/at\/all\/mnist/);
    expect(programs(workbench)).toEqual({ schedulers: [], trainers: [] });
  });
});

describe("in Restricted Mode", () => {
  const open = useWorkbench({ restricted: true });

  test("nothing trains until the workspace is trusted", async () => {
    const workbench = open();
    await workbench.openFile("long.odometer.json");
    await workbench.openSideBar("Weight Odometer");
    await expect.poll(() => described(workbench, "long"), aWhile).toBe("not run yet");
    await workbench.clickCodeLens("Run");
    for (const end = Date.now() + 4000; Date.now() < end;)
      expect(programs(workbench)).toEqual({ schedulers: [], trainers: [] });

    await workbench.grantTrust();
    await workbench.openFile("long.odometer.json");
    await workbench.clickCodeLens("Run");
    await expect.poll(() => programs(workbench).schedulers.length, aWhile).toBe(1);
  });
});
