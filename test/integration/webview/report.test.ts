import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { htmlReport } from "../../../src/experiment/html-report";
import type { ResultsPanelView } from "../../../src/protocol/results-panel";
import { cloudOf } from "../../../webview/map/cloud";
import { fitted, projector, START_CAMERA } from "../../../webview/map/orbit";
import { cannotRun, drawn, named, readBundle, stagePicture, TestBrowser } from "./browser";
import { generatedLevels, generatedLive, generatedResults } from "./generated-results";

const NO_WEBGL = `
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
  };`;
const COUNT_FRAMES = `
  window.frames_asked = 0;
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) => { window.frames_asked++; return ask.call(window, callback); };`;

const ORANGE = { light: [0xc9, 0x69, 0x0b], dark: [0xe5, 0xa3, 0x3b] } as const;
const BLUE = { light: [0x1a, 0x7f, 0xdb], dark: [0x4d, 0xaa, 0xfc] } as const;

describe.skipIf(cannotRun !== null)(named("the HTML report in Chromium"), () => {
  const results = generatedResults(20);
  const view: ResultsPanelView = {
    experiment: null,
    name: `</script><img src=x onerror="document.title='harmed'">`,
    results,
    live: generatedLive("done", 20, 0, 0),
    alive: false,
  };
  let browser: TestBrowser;
  let html: string;

  beforeAll(async () => {
    browser = await TestBrowser.launch();
    html = htmlReport(view, readBundle());
  }, 60_000);
  afterAll(() => browser.close());

  it.each(["light", "dark"] as const)(
    "draws both states in the %s theme, offline and without complaint",
    async (colorScheme) => {
      const { page, complaints } = await browser.open(html, { colorScheme, offline: true });
      const picture = await stagePicture(page);
      expect(await page.locator(".stage").first().getAttribute("data-renderer")).toBe("webgl");
      expect(await browser.near(picture, ORANGE[colorScheme])).toBeGreaterThan(100);
      expect(await browser.near(picture, BLUE[colorScheme])).toBeGreaterThan(100);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it("shows a hostile name as text, and no actions", async () => {
    const { page } = await browser.open(html);
    expect(await page.locator("h1").textContent()).toBe(view.name);
    expect(await page.title()).toBe(view.name);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator(".actions").count()).toBe(0);
    await page.close();
  });

  it("shows the figures of the results", async () => {
    const { page } = await browser.open(html);
    const large = await page.locator(".large dd").allTextContents();
    expect(large[0]).toBe(results.statistics!.mean.toFixed(3));
    expect(large[1]).toBe(results.statistics!.std!.toFixed(3));
    expect(large[2]).toMatch(/^0\.\d{3}%$/);
    expect(await page.locator(".tensors tbody tr").count()).toBe(8);
    expect(await page.locator(".runs tbody tr").count()).toBe(20);
    expect(await page.locator(".figures .sentences").first().textContent()).toContain("20 of 20");
    await page.close();
  });

  it("says what chance alone gives, and of what figures are whose weights were removed", async () => {
    expect(results).toMatchObject({ floor: null, pruned: 0 });
    const floor = { initial: 0, final: 0.25, distances: [4, 4.1] as const };
    const pruned = { ...view, results: { ...results, floor, pruned: 5 } };
    const { page } = await browser.open(htmlReport(pruned, readBundle()));
    expect(await page.locator(".floor").innerText()).toMatch(/end 0\.2500 apart.*chance alone/s);
    for (const figure of [".figures", ".fig-three"])
      expect(await page.locator(figure).innerText()).toContain("made of 20 runs, before weights");
    await page.close();
    const { page: without } = await browser.open(html);
    expect(await without.locator(".floor").isVisible()).toBe(false);
    await without.close();
  });

  it("turns by keyboard, comes back, and rests when nothing changes", async () => {
    const { page } = await browser.open(html, { before: COUNT_FRAMES });
    const start = await stagePicture(page);
    await page.locator(".stage").first().focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    const turned = await stagePicture(page);
    expect(turned.equals(start)).toBe(false);
    await page.keyboard.press("+");
    expect((await stagePicture(page)).equals(turned)).toBe(false);
    await page.keyboard.press("0");
    await page.locator(".stage").first().blur();
    expect((await stagePicture(page)).equals(start)).toBe(true);
    const asked = await page.evaluate<number>("window.frames_asked");
    await page.waitForTimeout(400);
    expect(await page.evaluate<number>("window.frames_asked")).toBe(asked);
    await page.close();
  });

  it("turns by mouse, and by touch with a pinch to zoom", async () => {
    const { page } = await browser.open(html);
    const start = await stagePicture(page);
    const box = (await page.locator(".stage").first().boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 60, { steps: 4 });
    await page.mouse.up();
    const turned = await stagePicture(page);
    expect(turned.equals(start)).toBe(false);
    await page.evaluate(`{
      const stage = document.querySelector(".stage");
      stage.setPointerCapture = () => undefined;
      const touch = (type, id, x) => stage.dispatchEvent(new PointerEvent(type, {
        pointerId: id, pointerType: "touch", clientX: x, clientY: 300, bubbles: true }));
      touch("pointerdown", 11, 300); touch("pointerdown", 12, 400);
      touch("pointermove", 12, 500);
      touch("pointerup", 11, 300); touch("pointerup", 12, 500);
    }`);
    expect((await stagePicture(page)).equals(turned)).toBe(false);
    await page.close();
  });

  it("links the runs table and the map, both ways", async () => {
    const { page } = await browser.open(html);
    await drawn(page);
    const tooltip = page.locator(".tooltip").first();
    expect(await tooltip.isVisible()).toBe(false);
    await page.locator("tr[data-run='5']").click();
    await drawn(page);
    expect(await page.locator("tr[aria-selected='true']").getAttribute("data-run")).toBe("5");
    expect(await tooltip.textContent()).toContain("run 5 · final");

    await page.keyboard.press("ArrowDown");
    await drawn(page);
    expect(await tooltip.textContent()).toContain("run 6 · final");
    await page.keyboard.press("Escape");
    await drawn(page);
    expect(await tooltip.isVisible()).toBe(false);

    const box = (await page.locator(".stage").first().boundingBox())!;
    const cloud = cloudOf(
      results.maps.find(({ states, method }) => states === "joint" && method === "metric")!,
    );
    const front = [...cloud.runs.keys()].reduce((best, point) =>
      cloud.positions[3 * point + 2] > cloud.positions[3 * best + 2] ? point : best,
    );
    const [x, y, z] = cloud.positions.subarray(3 * front, 3 * front + 3);
    const at = projector(fitted(START_CAMERA, cloud.reach), box)(x, y, z);
    await page.mouse.move(box.x + at.x, box.y + at.y);
    await drawn(page);
    const state = cloud.kinds[front] === 1 ? "final" : "initial";
    expect(await tooltip.textContent()).toContain(`run ${cloud.runs[front]} · ${state}`);
    await page.mouse.down();
    await page.mouse.up();
    expect(await page.locator("tr[aria-selected='true']").getAttribute("data-run")).toBe(
      String(cloud.runs[front]),
    );
    await page.close();
  });

  it("shows both methods side by side, which turn together and lead to one run", async () => {
    const { page } = await browser.open(html);
    await drawn(page);
    const stages = page.locator(".map-stage .stage");
    expect(await stages.count()).toBe(2);
    const [metric, classical] = [
      await stages.nth(0).boundingBox(),
      await stages.nth(1).boundingBox(),
    ];
    expect(classical!.y).toBe(metric!.y);
    expect(classical!.x).toBeGreaterThanOrEqual(metric!.x + metric!.width);
    const before = await stages.nth(1).screenshot();
    await stages.nth(0).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    await drawn(page);
    expect((await stages.nth(1).screenshot()).equals(before)).toBe(false);
    await page.locator("tr[data-run='5']").click();
    await drawn(page);
    expect(await page.locator(".map-stage .tooltip b").allTextContents()).toEqual([
      "run 5 · final",
      "run 5 · final",
    ]);
    await page.close();
  });

  it("draws the displacements and the cosines between them", async () => {
    const { page, complaints } = await browser.open(html);
    await drawn(page);
    const picture = await page.locator(".displacements .stage").screenshot();
    expect(await browser.near(picture, BLUE.light)).toBeGreaterThan(50);
    const { histogram } = results.displacements!;
    expect(await page.locator(".displacements rect.bar").count()).toBe(histogram.counts.length);
    expect(await page.locator(".displacements .sentences").textContent()).toContain("190 pairs");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download displacements.csv" }).click(),
    ]);
    const rows = (await readFile(await download.path(), "utf8")).trim().split("\n");
    expect(rows).toHaveLength(1 + 2 * 20);
    expect(complaints.filter((complaint) => !complaint.startsWith("request: blob:"))).toEqual([]);
    await page.close();
  });

  it("switches states and methods, each with its own picture and caption", async () => {
    const { page } = await browser.open(html);
    const pictures = new Set<string>();
    const captions = new Set<string>();
    for (const states of ["Both", "Initial", "Final"])
      for (const method of ["Metric", "Classical"]) {
        await page.getByRole("radio", { name: states }).check({ force: true });
        await page.getByRole("radio", { name: method }).check({ force: true });
        pictures.add((await stagePicture(page)).toString("base64"));
        captions.add((await page.locator(".map-stage .figures-line").textContent())!);
      }
    expect(pictures.size).toBe(6);
    // Two metric maps may have one stress to two digits.
    expect(captions.size).toBeGreaterThanOrEqual(4);
    await page.close();
  });

  it("has the paper's values beside ours, and each figure's data as CSV", async () => {
    const { page, complaints } = await browser.open(html);
    expect(await page.locator(".table-two .of-paper").textContent()).toContain("4.026");
    expect(await page.locator(".spheres .of-paper").allTextContents()).toEqual([
      expect.stringContaining("1.28 ± 0.007"),
      expect.stringContaining("1.34 ± 0.12"),
    ]);
    expect(await page.locator(".settings").textContent()).toContain("Stochastic Gradient Descent");
    for (const name of ["map", "table-1", "table-2", "tensors", "radii"])
      expect(await page.getByRole("button", { name: `Download ${name}.csv` }).isVisible()).toBe(
        true,
      );
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download fig-3.csv" }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    expect(text.split("\n")).toHaveLength(1 + 20 + 1);
    expect(complaints.filter((complaint) => !complaint.startsWith("request: blob:"))).toEqual([]);
    await page.close();
  });

  it.each([420, 1280])("fits Fig. 7 into %i pixels, in both themes", async (width) => {
    const levels = generatedLevels("labelCorruption", ["steps", "fit"]);
    const own = htmlReport({ ...view, results: levels, live: null }, readBundle());
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, complaints } = await browser.open(own, {
        viewport: { width, height: 800 },
        colorScheme,
      });
      await drawn(page);
      const over = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      expect(over).toBeLessThanOrEqual(0);
      expect(await page.locator(".levels .run-line button").count()).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  it("prints each figure with its sample, and all columns of the levels' table on a page", async () => {
    const generated = generatedLevels("labelCorruption", ["steps", "fit"]);
    const two = { ...generated.levels[0].distance!, count: 2 };
    const levels = generated.levels.map((level) => ({ ...level, convergedDistance: two }));
    const shown = { ...view, results: { ...generated, levels } };
    const { page } = await browser.open(htmlReport(shown, readBundle()));
    await page.setViewportSize({ width: 718, height: 1000 }); // A4 within its margins
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".levels .sample").innerText()).toMatch(
      /^N = 30 runs\. Seeds of initial weights, order and dropout: 0 to 2\. Counted: /,
    );
    const cut = await page.evaluate<number>(
      `(() => { const table = document.querySelector(".level-table"); return table.scrollWidth - table.clientWidth; })()`,
    );
    expect(cut).toBeLessThanOrEqual(0);
    await page.close();
  });

  it("sorts the runs by a column, either way", async () => {
    const { page } = await browser.open(html);
    const head = page.locator(".runs th", { hasText: "distance" });
    const column = async (): Promise<number[]> =>
      (await page.locator(".runs tbody td.distance").allTextContents()).map(Number);
    await head.getByRole("button").click();
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    const up = await column();
    expect(up).toEqual(up.toSorted((a, b) => a - b));
    await head.getByRole("button").click();
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    expect(await column()).toEqual(up.toReversed());
    await page.close();
  });

  it("draws the map without WebGL", async () => {
    const { page, complaints } = await browser.open(html, {
      before: NO_WEBGL,
      colorScheme: "dark",
    });
    const picture = await stagePicture(page);
    expect(await page.locator(".stage").first().getAttribute("data-renderer")).toBe("canvas");
    expect(await browser.near(picture, ORANGE.dark)).toBeGreaterThan(100);
    expect(await browser.near(picture, BLUE.dark)).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("goes on in two dimensions when WebGL is lost, and back when it returns", async () => {
    const { page } = await browser.open(html, { colorScheme: "dark" });
    await drawn(page);
    const stage = page.locator(".stage").first();
    await page.evaluate(`
      window.lost = document.querySelector(".stage canvas").getContext("webgl2").getExtension("WEBGL_lose_context");
      window.lost.loseContext();`);
    await page.waitForSelector(".map-stage:first-child .stage[data-renderer='canvas']");
    expect(await browser.near(await stagePicture(page), BLUE.dark)).toBeGreaterThan(100);
    await page.evaluate("window.lost.restoreContext()");
    await page.waitForSelector(".map-stage:first-child .stage[data-renderer='webgl']");
    expect(await browser.near(await stagePicture(page), BLUE.dark)).toBeGreaterThan(100);
    expect(await stage.locator("canvas").count()).toBe(1);
    await page.close();
  });

  it.each([400, 700, 1000, 1720])(
    "fits a width of %i pixels without scrolling sideways",
    async (width) => {
      const { page } = await browser.open(html, { viewport: { width, height: 800 } });
      await drawn(page);
      const over = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      expect(over).toBeLessThanOrEqual(0);
      await page.close();
    },
  );
});
