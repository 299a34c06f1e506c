import { mkdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ComparisonView } from "../../../src/protocol/comparison-panel";
import { cannotRun, named, TestBrowser } from "../webview/browser";
import { runCli } from "../support/cli";
import { temporaryFolder } from "../support/files";
import { comparisonHtml } from "../../../src/comparison/html-report";
import { bundle, openPanel, posted, send } from "./page";
import { comparedView, writeTransformer } from "./transformer";

describe.skipIf(cannotRun !== null)(named("the comparison panel in a webview's page"), () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await TestBrowser.launch();
  }, 60_000);
  afterAll(() => browser.close());

  /** Two checkpoints of a model with 12 layers, really compared. */
  async function compared(): Promise<ComparisonView> {
    const folder = await temporaryFolder();
    const a = await writeTransformer(`${folder}/step-0.safetensors`, 0);
    return comparedView(a, await writeTransformer(`${folder}/step-1.safetensors`, 1));
  }

  it("asks for its data, shows progress and can cancel", async () => {
    const { page, complaints } = await openPanel(browser, "comparison");
    expect(await posted(page)).toEqual([{ type: "ready" }]);
    const view = await compared();
    await send(page, { type: "view", view: { ...view, state: "running", comparison: null } });
    await send(page, { type: "progress", share: 0.4 });
    expect(await page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("40");
    await page.getByRole("button", { name: "Cancel" }).click();
    expect((await posted(page)).at(-1)).toEqual({ type: "action", action: "cancel" });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("shows blocks by kinds, and a selected layer in heatmap, table and histogram alike", async () => {
    const { page, complaints } = await openPanel(browser, "comparison");
    const view = await compared();
    await send(page, { type: "view", view });
    expect(await page.locator(".heatmap .field").count()).toBe(12 * 9 + 3);
    expect(await page.locator(".heatmap text", { hasText: "layers.11" }).count()).toBe(1);
    expect(await page.locator(".heatmap text", { hasText: "self_attn.q_proj" }).count()).toBe(1);
    const first = page.locator(".tensor-table .extent .row").first();
    expect(await first.innerText()).toContain("model.layers.11.self_attn.q_proj.weight".slice(-13));
    await first.click();
    expect(await page.locator(".heatmap .field.selected").count()).toBe(1);
    expect(await page.locator(".subject").innerText()).toBe(
      "model.layers.11.self_attn.q_proj.weight",
    );
    await page.getByRole("button", { name: "All tensors" }).click();
    expect(await page.locator(".heatmap .field.selected").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is walked by keys, and tells what they reach", async () => {
    const { page } = await openPanel(browser, "comparison");
    await send(page, { type: "view", view: await compared() });
    await page.locator(".heatmap svg").focus();
    for (const key of ["ArrowDown", "ArrowDown", "End"]) await page.keyboard.press(key);
    expect(await page.locator(".heatmap [aria-live]").textContent()).toContain("lm_head.weight");
    await page.keyboard.press("Enter");
    expect(await page.locator("[aria-selected=true]").innerText()).toContain("lm_head.weight");
    await page.locator(".histogram svg").focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".histogram [aria-live]").textContent()).toMatch(/\d went up/);
    await page.close();
  });

  it("asks its host for the other way, for all tensors and for exports, and draws a picture itself", async () => {
    const { page, complaints } = await openPanel(browser, "comparison");
    await send(page, { type: "view", view: await compared() });
    for (const name of ["Swap", "Export CSV", "Export HTML"])
      await page.getByRole("button", { name }).click();
    await page.getByRole("checkbox").check();
    expect((await posted(page)).slice(1)).toEqual([
      { type: "action", action: "swap" },
      { type: "action", action: "exportCsv" },
      { type: "action", action: "exportHtml" },
      { type: "all", all: true },
    ]);
    await page.getByRole("button", { name: "Export PNG" }).click();
    await expect.poll(async () => (await posted(page)).at(-1)?.type).toBe("exportPng");
    const { png } = (await posted(page)).at(-1) as unknown as { png: string };
    const picture = Buffer.from(png, "base64");
    expect(picture.subarray(1, 4).toString("latin1")).toBe("PNG");
    // The blue of what moved farthest is in it.
    expect(await browser.near(picture, [0x37, 0x94, 0xff])).toBeGreaterThan(500);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("keeps both files and what was chosen for a reload", async () => {
    const view = await compared();
    const { page } = await openPanel(browser, "comparison");
    await send(page, { type: "view", view });
    await page.getByRole("columnheader", { name: "rotation" }).getByRole("button").click();
    await page.getByRole("searchbox").fill("norm");
    const savedState = (): Promise<{ readonly search?: string }> => page.evaluate("window.saved");
    await expect.poll(async () => (await savedState()).search).toBe("norm");
    const saved = await savedState();
    expect(saved).toMatchObject({ a: view.a.uri, b: view.b.uri, all: false, search: "norm" });
    await page.close();
    const again = await openPanel(browser, "comparison", saved);
    await send(again.page, { type: "view", view });
    expect(await again.page.locator(".found").innerText()).toBe("25 of 111 tensors");
    expect(
      await again.page.getByRole("columnheader", { name: "rotation" }).getAttribute("aria-sort"),
    ).toBe("descending");
    await again.page.close();
  });

  it("says one error in place of all figures", async () => {
    const { page } = await openPanel(browser, "comparison");
    const failure = { kind: "file", reason: "it is cut off", file: "/w/b.pt", offset: 1234 };
    await send(page, {
      type: "view",
      view: { ...(await compared()), state: "failed", comparison: null, failure },
    });
    expect(await page.getByRole("alert").innerText()).toMatch(
      /It is cut off\.[^]*\/w\/b\.pt[^]*at byte 1,234/,
    );
    await page.getByRole("button", { name: "Try Again" }).click();
    expect((await posted(page)).at(-1)).toEqual({ type: "action", action: "again" });
    await page.close();
  });

  it("is exported as a page that any browser shows, without buttons that nobody answers", async () => {
    const view = await compared();
    const html = comparisonHtml(view, bundle("comparison"));
    const { page, complaints } = await browser.open(html);
    expect(await page.locator("h1").innerText()).toBe("step-0.safetensors → step-1.safetensors");
    expect(await page.locator(".heatmap .field").count()).toBe(12 * 9 + 3);
    expect(await page.locator("header button").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(["light", "dark"] as const)(
    "is the page that the command line writes, there with spectra: %s",
    async (colorScheme) => {
      const folder = await temporaryFolder();
      for (const own of ["a", "b"]) await mkdir(`${folder}/${own}`);
      const a = await writeTransformer(`${folder}/a/net.safetensors`, 0, 2);
      const b = await writeTransformer(`${folder}/b/net.safetensors`, 1, 2);
      const file = `${folder}/report.html`;
      const args = ["diff", a, b, "--spectrum", "--include", "model.layers.*", "--html", file];
      expect(await runCli(args)).toMatchObject({ code: 0, stdout: "" });
      const html = await readFile(file, "utf8");
      const { page, complaints } = await browser.open(html, { colorScheme, offline: true });
      expect(await page.title()).toBe("a/net.safetensors → b/net.safetensors");
      expect(await page.locator(".heatmap .field").count()).toBe(2 * 9);
      expect(await page.locator(".spectra tbody tr").count()).toBe(2 * 7);
      expect(await page.locator(".spectra path.line").count()).toBe(3);
      await page.locator(".tensor-table .extent .row").nth(4).click();
      expect(await page.locator(".spectra path.line").count()).toBe(1);
      expect(await page.locator(".lists summary").allInnerTexts()).toEqual([
        "Left out by patterns (3)",
      ]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it("shows 10,000 tensors with rows for those in sight only", async () => {
    const { page } = await openPanel(browser, "comparison");
    const view = await compared();
    const [one] = view.comparison!.tensors;
    const tensors = Array.from({ length: 10_000 }, (_, i) => ({
      ...one,
      name: `blocks.${Math.floor(i / 20)}.part${"abcdefghijklmnopqrst"[i % 20]}.weight`,
    }));
    const large = { ...view, comparison: { ...view.comparison!, tensors } };
    await send(page, { type: "view", view: large });
    expect(await page.locator(".tensor-table .extent .row").count()).toBeLessThan(60);
    expect(await page.locator(".heatmap .field").count()).toBe(10_000);
    await page.close();
  });
});
