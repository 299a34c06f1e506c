import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrajectoryView } from "../../../src/protocol/trajectory-panel";
import { measureTrajectory } from "../../../src/trajectory/measure-trajectory";
import { openPanel, posted, send } from "../comparison-panel/page";
import { writeTransformer } from "../comparison-panel/transformer";
import { temporaryFolder } from "../support/files";
import { cannotRun, named, TestBrowser } from "../webview/browser";

const empty: TrajectoryView = {
  uris: ["file:///w/run"],
  name: "run",
  path: "/w/run",
  folder: true,
  all: false,
  state: "watching",
  failure: null,
  trajectory: null,
  pending: false,
  found: { files: [], skipped: [] },
};

describe.skipIf(cannotRun !== null)(named("the trajectory panel in a webview's page"), () => {
  let browser: TestBrowser;
  let folder: string;
  beforeAll(async () => {
    browser = await TestBrowser.launch();
  }, 60_000);
  afterAll(() => browser.close());

  /** So many checkpoints of a model, really measured. */
  async function measured(count: number): Promise<TrajectoryView> {
    folder = await temporaryFolder();
    for (let t = 0; t < count; t++)
      await writeTransformer(`${folder}/step-${t * 100}.safetensors`, t / count, 2);
    return { ...empty, trajectory: await measureTrajectory([folder]) };
  }

  it("says what it looks for while there are fewer than two checkpoints", async () => {
    const { page, complaints } = await openPanel(browser, "trajectory");
    expect(await posted(page)).toEqual([{ type: "ready" }]);
    await send(page, { type: "view", view: empty });
    expect(await page.locator(".empty").innerText()).toMatch(
      /No checkpoint yet[^]*directly in the folder/,
    );
    const skipped = [{ file: "/w/run/a.pt", reason: "it is cut off" }];
    const found = { files: ["/w/run/step-1.pt"], skipped };
    await send(page, { type: "view", view: { ...empty, found } });
    expect(await page.locator(".empty").innerText()).toMatch(
      /One checkpoint so far[^]*step-1\.pt is the beginning[^]*a\.pt was skipped/,
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("draws three curves with a point for each checkpoint, and a table beside them", async () => {
    const { page, complaints } = await openPanel(browser, "trajectory");
    await send(page, { type: "view", view: await measured(5) });
    expect(await page.locator(".lines path.line").count()).toBe(3);
    // The first has none before it.
    expect(await page.locator(".lines circle").count()).toBe(14);
    expect(await page.locator(".points tbody tr").count()).toBe(5);
    expect(await page.locator(".state").innerText()).toContain("ordered by the step number");
    await page.locator(".lines svg").focus();
    await page.keyboard.press("End");
    expect(await page.locator(".lines [aria-live]").textContent()).toMatch(
      /^step-400\.safetensors, from the first: [\d.]+, to the last: 0/,
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("shows the curves of a selected tensor, and keeps it as the series grows", async () => {
    const { page } = await openPanel(browser, "trajectory");
    await send(page, { type: "view", view: await measured(3) });
    await page.locator(".tensors .extent .row").first().click();
    const name = await page.locator(".subject").innerText();
    expect(name).toMatch(/q_proj/);
    const net = await page.locator(".large dd").first().innerText();
    await send(page, { type: "view", view: await measured(4) });
    expect(await page.locator(".subject").innerText()).toBe(name);
    expect(await page.locator(".points tbody tr").count()).toBe(4);
    expect(await page.locator(".large dd").first().innerText()).not.toBe(net);
    await page.getByRole("button", { name: "All tensors" }).click();
    expect(await page.locator(".subject").innerText()).toBe("all tensors together");
    await page.close();
  });

  it("keeps the curve to the earlier last while distances to a new one are being measured", async () => {
    const { page } = await openPanel(browser, "trajectory");
    const three = await measured(3);
    await send(page, { type: "view", view: three });
    const whole = { ...(await measured(4)).trajectory! };
    const steps = whole.steps.map((point, t) => ({
      ...point,
      file: three.trajectory!.steps.at(t)?.file ?? point.file,
      toLast: t === 1 || t === 3 ? null : point.toLast,
    }));
    const grown = { ...three, pending: true, trajectory: { ...whole, steps } };
    await send(page, { type: "view", view: grown });
    expect(await page.locator(".curve-key.final").innerText()).toMatch(/^to step-200\.safetensors/);
    // From the first: 4, from the one before: 3, to the earlier last: 3.
    expect(await page.locator(".lines circle").count()).toBe(10);
    expect(await page.locator(".points tbody tr:nth-child(2) td").allInnerTexts()).toContain("…");
    await send(page, { type: "view", view: { ...grown, pending: false, trajectory: whole } });
    expect(await page.locator(".curve-key.final").innerText()).toMatch(/^to the last/);
    expect(await page.locator(".lines circle").count()).toBe(11);
    await page.close();
  });

  it("exports a picture, and keeps its folder for a reload", async () => {
    const { page } = await openPanel(browser, "trajectory");
    await send(page, { type: "view", view: await measured(3) });
    await page.getByRole("button", { name: "Export PNG" }).click();
    await expect.poll(async () => (await posted(page)).at(-1)?.type).toBe("exportPng");
    const { png } = (await posted(page)).at(-1) as unknown as { png: string };
    const picture = Buffer.from(png, "base64");
    expect(await browser.near(picture, [0xd1, 0x86, 0x16])).toBeGreaterThan(200);
    expect(await browser.near(picture, [0x37, 0x94, 0xff])).toBeGreaterThan(200);
    expect(await page.evaluate("window.saved")).toMatchObject({ uris: empty.uris, all: false });
    await page.close();
  });
});
