import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import type { LiveSnapshot } from "../../../src/protocol/live";
import type { FromResultsPanel, ResultsPanelView } from "../../../src/protocol/results-panel";
import {
  cannotRun,
  drawn,
  named,
  readBundle,
  stagePicture,
  TestBrowser,
  type Opened,
} from "./browser";
import { START_CAMERA } from "../../../webview/map/orbit";
import type { UiState } from "../../../webview/results/ui-state";
import { generatedLevels, generatedLive, generatedResults, withMetrics } from "./generated-results";

const THEME = {
  dark: "--vscode-foreground:#ccc;--vscode-editor-background:#1f1f1f;--vscode-charts-orange:#d18616;--vscode-charts-blue:#3794ff",
  light:
    "--vscode-foreground:#333;--vscode-editor-background:#fff;--vscode-charts-orange:#d18616;--vscode-charts-blue:#1a85ff",
};

const finished = generatedResults(20);
const partial = {
  ...generatedResults(7, 20),
  maps: [],
  nearest: null,
  sphere: null,
  displacements: null,
};
const view = (patch: Partial<ResultsPanelView>): ResultsPanelView => ({
  experiment: "file:///w/a.odometer.json",
  name: "tf-cnn, 20 seeds",
  results: null,
  live: null,
  alive: false,
  ...patch,
});
const running = (count: number): ResultsPanelView =>
  view({ results: partial, live: generatedLive("running", count, 2, 18 - count), alive: true });

describe.skipIf(cannotRun !== null)(named("the results panel in a webview's page"), () => {
  let browser: TestBrowser;

  /** A page as VS Code makes it: its policy, its variables, its API; `saved` is the state of an earlier panel. */
  async function open(saved: object | null = null): Promise<Opened> {
    const { script, style } = readBundle();
    const api = `window.posted = []; window.saved = ${JSON.stringify(saved)};
      function acquireVsCodeApi() {
        return { postMessage: (m) => posted.push(m), getState: () => saved ?? undefined, setState: (s) => { saved = s; } };
      }`;
    return browser.open(`<!doctype html><html><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy"
        content="default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; img-src data:">
      <style nonce="n">:root{${THEME.dark}}html.light{${THEME.light}} ${style}</style></head>
      <body class="vscode-dark"><script nonce="n">${api}</script><script nonce="n">${script}</script></body></html>`);
  }
  const show = async (page: Page, next: ResultsPanelView): Promise<void> => {
    await page.evaluate(`window.postMessage(${JSON.stringify({ type: "view", view: next })}, "*")`);
    await drawn(page);
    await drawn(page);
  };
  const posted = (page: Page): Promise<FromResultsPanel[]> =>
    page.evaluate<FromResultsPanel[]>("window.posted");

  beforeAll(async () => {
    browser = await TestBrowser.launch();
  }, 60_000);
  afterAll(() => browser.close());

  it("asks for its data, and says what to do before anything ran", async () => {
    const { page, complaints } = await open();
    expect(await posted(page)).toEqual([{ type: "ready" }]);
    await show(page, view({}));
    expect(await page.locator(".empty").isVisible()).toBe(true);
    expect(await page.locator(".map").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    expect((await posted(page)).at(-1)).toEqual({ type: "action", action: "run" });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("changes in place with each snapshot: focus and scroll stay, rows are not rebuilt", async () => {
    const { page, complaints } = await open();
    await page.setViewportSize({ width: 700, height: 500 });
    await show(page, running(7));
    await page.locator("tr[data-run='7']").click();
    await page.evaluate(
      "document.querySelector(\"tr[data-run='7']\").marked = true; scrollTo(0, 300)",
    );
    await page.locator("tr[data-run='7']").focus();
    const scrolled = await page.evaluate<number>("scrollY");
    await show(page, running(8));
    expect(await page.evaluate("document.activeElement.dataset.run")).toBe("7");
    expect(await page.evaluate("document.activeElement.marked")).toBe(true);
    expect(await page.evaluate<number>("scrollY")).toBe(scrolled);
    expect(await page.locator(".state").first().textContent()).toContain("8 of 20 finished");
    await page.getByRole("button", { name: "Pause" }).focus();
    await show(page, running(9));
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Pause");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("shows progress while runs train, and the map once there is one", async () => {
    const { page } = await open();
    await show(page, running(7));
    expect(await page.locator(".stage").first().isVisible()).toBe(false);
    expect(await page.locator(".missing").textContent()).toContain("once all runs have ended");
    expect(await page.locator("tr[data-run='7'] .state-cell").textContent()).toBe("epoch 5 of 10");
    expect(
      Number(await page.getByRole("progressbar").getAttribute("aria-valuenow")),
    ).toBeGreaterThan(35);
    await show(page, view({ results: finished, live: generatedLive("done", 20, 0, 0) }));
    expect(await page.locator(".stage").first().isVisible()).toBe(true);
    expect(await page.locator(".missing").isVisible()).toBe(false);
    await page.close();
  });

  it("tells why a run failed, and shows what a run has printed", async () => {
    const { page, complaints } = await open();
    const live = generatedLive("running", 0, 2, 0);
    const command = { kind: "command", step: 10, stepSeconds: 1, distance: 1, attempt: 0 } as const;
    const told: LiveSnapshot["runs"] = [
      { run: 0, key: "a", state: "failed", message: "exit code 1.\nValueError: no data" },
      { run: 1, key: "b", state: "running", ...command, metrics: {}, log: "output.log" },
    ];
    await show(page, view({ live: { ...live, runs: told }, alive: true }));
    for (const [run, words] of [
      [0, "run 0 · failed: exit code 1.\nValueError: no data"],
      [1, "run 1 · step 10"],
    ] as const) {
      await page.locator(`tr[data-run="${run}"]`).click();
      expect(await page.locator(".runs .run-text").textContent()).toContain(words);
      expect(await page.getByRole("button", { name: "Show its files" }).count()).toBe(0);
      await page.getByRole("button", { name: "Show its output" }).click();
      expect((await posted(page)).at(-1)).toEqual({ type: "showOutput", run });
    }
    // Built-in models print nothing.
    await show(page, view({ results: finished }));
    await page.locator('tr[data-run="1"]').click();
    await page.locator('tr[data-run="0"]').click();
    expect(await page.getByRole("button", { name: "Show its output" }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("speaks of progress by tenths, not at each snapshot", async () => {
    const { page } = await open();
    await show(page, running(7));
    await page.evaluate(`window.spoken = 0;
      new MutationObserver(() => window.spoken++).observe(document.querySelector("[role=status]"),
        { childList: true, characterData: true, subtree: true });`);
    await show(page, running(7));
    expect(await page.evaluate("window.spoken")).toBe(0);
    await show(page, running(10));
    expect(await page.evaluate("window.spoken")).toBe(1);
    await page.close();
  });

  it("keeps choices and the experiment in its state, and takes them up again", async () => {
    const { page } = await open();
    await show(page, view({ results: finished }));
    await page.getByRole("radio", { name: "Classical" }).check({ force: true });
    await page.locator("tr[data-run='3']").click();
    await page.locator(".stage").first().focus();
    await page.keyboard.press("ArrowLeft");
    const savedState = (): Promise<Partial<UiState>> => page.evaluate("window.saved");
    // The camera is what changed last.
    await expect
      .poll(async () => (await savedState()).camera?.yaw ?? START_CAMERA.yaw)
      .not.toBe(START_CAMERA.yaw);
    const saved = await savedState();
    expect(saved).toMatchObject({
      experiment: "file:///w/a.odometer.json",
      method: "classical",
      selected: 3,
    });
    expect(JSON.stringify(saved)).not.toContain("runResults");
    await page.locator(".stage").first().blur();
    const before = await stagePicture(page);
    await page.close();

    const { page: again } = await open(saved);
    await show(again, view({ results: finished }));
    expect(await again.getByRole("radio", { name: "Classical" }).isChecked()).toBe(true);
    expect(await again.locator("tr[aria-selected='true']").getAttribute("data-run")).toBe("3");
    expect((await stagePicture(again)).equals(before)).toBe(true);
    await again.close();
  });

  it("takes up the colours of a changed theme", async () => {
    const { page } = await open();
    await show(page, view({ results: finished }));
    const dark = await stagePicture(page);
    expect(await browser.near(dark, [0x1f, 0x1f, 0x1f])).toBeGreaterThan(100_000);
    await page.evaluate(
      "document.documentElement.className = 'light'; document.body.className = 'vscode-light'",
    );
    const light = await stagePicture(page);
    expect(await browser.near(light, [255, 255, 255])).toBeGreaterThan(100_000);
    // No dot keeps the rim it had on the dark ground.
    expect(await browser.near(light, [0x1f, 0x1f, 0x1f])).toBeLessThan(20);
    expect(await browser.near(light, [0x1a, 0x85, 0xff])).toBeGreaterThan(100);
    await page.close();
  });

  it("draws Fig. 7 for both ways to stop; keys go from run to run and to a run's folder", async () => {
    const { page, complaints } = await open();
    const results = generatedLevels("labelCorruption", ["steps", "fit"]);
    await show(page, view({ results }));
    expect(await page.locator(".levels .stop").count()).toBe(2);
    expect(await page.locator(".levels .series.curve").count()).toBe(10);
    expect(await page.locator(".levels .series.dots .point").count()).toBe(30);
    const text = (await page.locator(".levels").textContent())!;
    expect(text).toContain("supports its second assumption");
    expect(text).toContain("opposite assumptions");
    expect(text).toContain("may only mean slower fitting");
    expect(text).toContain("It is not bits");
    // A mean over levels means nothing.
    for (const part of [".part.figures", ".part.path"])
      expect(await page.locator(part).isVisible()).toBe(false);

    const intercepts = page.locator(".stop figure:nth-of-type(2)").last();
    await intercepts.locator("svg").focus();
    for (const key of ["ArrowRight", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
    expect(await intercepts.locator("[aria-live]").textContent()).toContain(
      "run 16, 20 %, repeat 1",
    );
    await page.keyboard.press("Enter");
    await page.locator(".levels").getByRole("button", { name: "Show its files" }).click();
    const { key } = results.runResults[16];
    expect((await posted(page)).at(-1)).toEqual({ type: "showRun", key });
    expect(await page.locator("tr[aria-selected='true']").getAttribute("data-run")).toBe("16");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("says what to do where runs kept no checkpoints for curves", async () => {
    const { page } = await open();
    const results = generatedLevels("labelFraction");
    const levels = results.levels.map((level) => ({ ...level, curve: null }));
    await show(page, view({ results: { ...results, levels } }));
    expect(await page.locator(".missing-curves").textContent()).toContain("checkpointEvery");
    expect(await page.locator(".levels .series.curve").count()).toBe(0);
    expect(await page.locator(".levels .series.dots .point").count()).toBe(15);
    await page.close();
  });

  it("reaches everything by keyboard", async () => {
    const { page } = await open();
    await show(page, view({ results: finished }));
    const reached: string[] = [];
    for (let i = 0; i < 32; i++) {
      await page.keyboard.press("Tab");
      reached.push(
        await page.evaluate<string>(`(() => { const at = document.activeElement;
          return at.name || (at.classList.contains("stage") ? "stage" : at.dataset.run ?? at.textContent); })()`),
      );
    }
    expect(reached).toEqual(
      expect.arrayContaining([
        "Open file",
        "Export report",
        "states",
        "method",
        "stage",
        "run",
        "distance",
        "accuracy",
        "loss",
        "state",
        "0",
      ]),
    );
    await page.close();
  });

  it("says that results of another version are computed anew, and what to do where that fails", async () => {
    const { page, complaints } = await open();
    await show(page, view({ remaking: { state: "working" } }));
    expect(await page.locator(".empty").innerText()).toMatch(
      /anew\n.*another version.*nothing is/s,
    );
    await show(page, view({ remaking: { state: "failed", message: "no room" } }));
    expect(await page.locator(".empty .failure").innerText()).toBe("no room");
    await page.getByRole("button", { name: "Compute again" }).click();
    expect(await page.evaluate("posted.at(-1)")).toEqual({ type: "action", action: "remake" });
    await show(page, view({ results: finished, remaking: null }));
    expect(await page.locator(".empty").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("draws the user's own numbers over the distance and over corruption, and lists them", async () => {
    const { page, complaints } = await open();
    const plain = withMetrics(generatedResults(6));
    await show(page, view({ results: plain }));
    const names = ["perplexity", "F1 score"];
    for (const name of names)
      expect(await page.getByRole("figure", { name, exact: true }).isVisible()).toBe(true);
    expect(await page.locator(".runs-table th.metric").allTextContents()).toEqual(names);
    expect(await page.locator(".metrics .xy:visible").count()).toBe(2);
    expect(await page.locator(".metrics .series.dots .point").count()).toBe(11);
    expect(await page.locator(".metrics").textContent()).toMatch(
      /distance over all runs: 1\.00\..*Not told by 1 run: f1\.json: there is no such file\./,
    );
    expect(await page.locator(".table-two").textContent()).toMatch(/metric perplexity6/);
    expect(await page.locator(".training .xy:visible").count()).toBe(2);
    expect(await page.locator(".training .series .band").count()).toBe(2);
    expect(await page.locator(".training").textContent()).toMatch(/Mean over 6 runs and/);
    await page.locator(".metrics svg").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("window.saved?.selected")).not.toBeNull();

    await show(page, view({ results: withMetrics(generatedLevels("labelCorruption")) }));
    expect(await page.locator(".metrics .xy:visible").count()).toBe(4);
    expect(await page.locator(".metrics .series.means .point").count()).toBe(10);
    expect(await page.locator(".training .shaded .line").count()).toBe(10);
    expect(await page.locator(".training .curve-key").count()).toBe(5);
    expect(await page.locator(".level-table thead").textContent()).toMatch(/perplexityF1 score$/);
    await show(page, view({ results: finished }));
    expect(await page.locator(".metrics").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
