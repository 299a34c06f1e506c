import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PictureRequest, ValuesRequest } from "../../../src/protocol/checkpoint-editor";
import { cannotRun, named, TestBrowser } from "../webview/browser";
import { EditorPage, type PageOptions } from "./editor-page";
import { waves, writeLargeCheckpoint } from "./large-checkpoint";

const soon = { timeout: 10_000, interval: 30 };

describe.skipIf(cannotRun !== null)(named("the checkpoint editor in a webview's page"), () => {
  let browser: TestBrowser;
  const folder = mkdtempSync(path.join(tmpdir(), "checkpoint-editor-"));
  const file = path.join(folder, "large.safetensors");

  const open = async (options?: PageOptions): Promise<EditorPage> => {
    const editor = await EditorPage.open(browser, file, options);
    await editor.showFile();
    await editor.page.getByRole("grid").or(editor.page.getByRole("tree")).first().waitFor();
    return editor;
  };
  /** Opens it with the details of a tensor, found by search. */
  const openTensor = async (name: string, options?: PageOptions): Promise<EditorPage> => {
    const editor = await open(options);
    await editor.page.getByRole("searchbox").fill(name);
    await editor.page.getByRole("grid").getByRole("row").nth(1).click();
    return editor;
  };
  const drawn = async ({ page }: EditorPage): Promise<void> => {
    await page.locator(".stage[data-drawn=yes]:not(.reading)").waitFor();
  };

  beforeAll(async () => {
    browser = await TestBrowser.launch();
    await writeLargeCheckpoint(file);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("asks for its data, and says what is in the file", async () => {
    const editor = await open();
    expect(editor.received[0]).toEqual({ type: "ready" });
    expect(await editor.page.locator("h1").innerText()).toBe("large.safetensors");
    expect(await editor.page.locator(".state").first().innerText()).toMatch(
      /^safetensors · [\d.]+ MB · 10,000 tensors · 1,129,712 parameters · F32$/,
    );
    await editor.page.getByText("2 metadata entries").click();
    await editor.page.getByRole("button", { name: "Show all" }).click();
    expect(await editor.page.locator(".metadata dd").last().innerText()).toHaveLength(1000);
    expect(editor.complaints).toEqual([]);
    await editor.page.close();
  });

  it("scrolls 10,000 tensors with few rows in the document", async () => {
    const editor = await open();
    const { page } = editor;
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("10001");
    const figures = await page.evaluate<{ times: number[]; most: number }>(`(async () => {
      const list = document.querySelector(".tensor-table .virtual");
      const times = [];
      let most = 0;
      for (let top = 0; top < 9990 * 22; top += 1800) {
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        list.scrollTop = top;
        list.dispatchEvent(new Event("scroll"));
        list.getBoundingClientRect();
        times.push(performance.now() - start);
        most = Math.max(most, list.querySelectorAll("[role=row]").length);
      }
      return { times: times.sort((a, b) => a - b), most };
    })()`);
    const [median, longest] = [0.5, 1].map((share) =>
      figures.times[Math.floor(share * (figures.times.length - 1))].toFixed(1),
    );
    console.log(
      `a jump by 82 rows takes ${median} ms (median), ${longest} ms (longest), ${figures.most} rows at most`,
    );
    expect(figures.most).toBeLessThan(60);
    await page.getByRole("grid").focus();
    await page.keyboard.press("End");
    const last = page.locator("[aria-rowindex='10001']");
    await expect.poll(() => last.getAttribute("aria-selected"), soon).toBe("true");
    const active = await page.getByRole("grid").getAttribute("aria-activedescendant");
    expect(active).toBe(await last.getAttribute("id"));
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    const second = page.locator("[aria-rowindex='3']");
    await expect.poll(() => second.getAttribute("aria-selected"), soon).toBe("true");
    await page.close();
  });

  it("finds tensors as one types, sorts by a column, and says when nothing is found", async () => {
    const { page } = await open();
    await page.getByRole("grid").focus();
    await page.keyboard.type("layers.17.");
    expect(await page.getByRole("searchbox").inputValue()).toBe("layers.17.");
    expect(await page.locator(".found").innerText()).toBe("4 of 10,000 tensors");
    await page.getByRole("button", { name: "name", exact: true }).click();
    expect(await page.locator("[aria-sort=ascending]").innerText()).toContain("name");
    expect(await page.locator("[aria-rowindex='2'] .cell.name").textContent()).toBe(
      "layers.17.attention.bias",
    );
    await page.getByRole("searchbox").fill("nowhere");
    expect(await page.locator(".none").innerText()).toBe("No tensor matches “nowhere”.");
    await page.getByRole("button", { name: "Show all tensors" }).click();
    expect(await page.getByRole("grid").isVisible()).toBe(true);
    await page.close();
  });

  it("shows modules as a tree that folds by keyboard", async () => {
    const { page } = await open();
    await page.getByRole("radio", { name: "Tree" }).check({ force: true });
    const rows = page.getByRole("treeitem");
    await page.getByRole("tree").focus();
    await page.keyboard.press("Home");
    for (const [key, wanted] of [
      ["ArrowLeft", "false"],
      ["ArrowRight", "true"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await rows.first().getAttribute("aria-expanded")).toBe(wanted);
    }
    await page.keyboard.press("ArrowRight");
    const active = await page.getByRole("tree").getAttribute("aria-activedescendant");
    expect(await page.locator(`#${active ?? ""}`).innerText()).toContain("weight");
    expect(await rows.count()).toBeLessThan(60);
    const layers = rows.filter({ hasText: "9,998 tensors" });
    expect(await layers.locator(".figure").innerText()).toBe("79,984");
    await page.close();
  });

  it("computes figures of a tensor that is opened", async () => {
    const editor = await openTensor("embed.weight");
    const figures = editor.page.locator(".tensor-figures");
    const values = waves(2048 * 512, 0.1);
    const squares = values.reduce((sum, value) => sum + value * value, 0);
    await expect.poll(() => figures.innerText(), soon).toContain(Math.sqrt(squares).toPrecision(4));
    expect(await editor.page.locator(".bars i").count()).toBe(64);
    expect(editor.complaints).toEqual([]);
    await editor.page.close();
  });

  it("draws a heatmap, and reads only what is in sight when it is zoomed", async () => {
    const editor = await openTensor("embed.weight");
    const { page } = editor;
    await drawn(editor);
    const first = editor.calls("picture")[0].argument as PictureRequest;
    expect(first.rectangle).toEqual({ row: 0, column: 0, rows: 2048, columns: 512 });
    expect(first.height).toBeLessThan(1000);
    expect(await page.locator(".legend").first().innerText()).toContain("farthest from zero");
    await page.locator(".stage").focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press("+");
    await expect
      .poll(() => page.locator("#heatmap-legend").innerText(), soon)
      .toContain("each cell is one value");
    const pictures = editor.calls("picture");
    const last = pictures.at(-1)!.argument as PictureRequest;
    expect(last.rectangle.rows).toBeLessThan(200);
    expect(last.width).toBe(last.rectangle.columns);
    // Twenty presses in a row pass through twenty views; hardly any of them was worth reading.
    expect(pictures.length).toBeLessThan(8);
    const box = (await page.locator(".stage").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => page.locator(".tooltip").innerText(), soon).toMatch(/^\[\d+, \d+\]/);
    const [, row, column, text] = /\[(\d+), (\d+)\]\n(.*)/.exec(
      await page.locator(".tooltip").innerText(),
    )!;
    const value = waves(2048 * 512, 0.1)[Number(row) * 512 + Number(column)];
    expect(Number(text.replace("−", "-"))).toBeCloseTo(value, 4);
    expect(editor.complaints).toEqual([]);
    await page.close();
  });

  it("shows numbers of a slice, and copies a selection with every digit", async () => {
    const editor = await openTensor("stem.kernel");
    const { page } = editor;
    await page.getByRole("radio", { name: "Numbers" }).check({ force: true });
    const values = waves(3 * 3 * 8 * 16, 0.2);
    const cell = page.locator(".value-row").first().locator(".value-cell").first();
    await expect.poll(() => cell.getAttribute("title"), soon).toBe(String(values[0]));
    const box = page.getByLabel("Index along axis 1, 0 to 2");
    await box.fill("2");
    await box.press("Enter");
    const at = (row: number, column: number): number => values[2 * 128 + row * 16 + column];
    await expect.poll(() => cell.getAttribute("title"), soon).toBe(String(at(0, 0)));
    await page.locator(".values").focus();
    for (const key of ["ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown", "Control+c"])
      await page.keyboard.press(key);
    const text = `${at(1, 0)}\t${at(1, 1)}\n${at(2, 0)}\t${at(2, 1)}`;
    await expect.poll(() => editor.received, soon).toContainEqual({ type: "copy", text });
    await page.getByLabel("rows").selectOption("0");
    await expect
      .poll(() => (editor.calls("values").at(-1)!.argument as ValuesRequest).slice, soon)
      .toMatchObject({ rowAxis: 0, columnAxis: 3 });
    expect(editor.complaints).toEqual([]);
    await page.close();
  });

  it("scrolls to the far end of a matrix's numbers with few cells in the document", async () => {
    const { page } = await openTensor("embed.weight");
    await page.getByRole("radio", { name: "Numbers" }).check({ force: true });
    await page.locator(".values").focus();
    await page.keyboard.press("Control+End");
    const value = String(waves(2048 * 512, 0.1)[2048 * 512 - 1]);
    await expect.poll(() => page.locator("#value-focused").getAttribute("title"), soon).toBe(value);
    expect(await page.locator(".value-cell").count()).toBeLessThan(900);
    await page.close();
  });

  it("takes up where it was left: list, search, tensor and slice", async () => {
    const editor = await openTensor("stem.kernel");
    await editor.page.getByRole("radio", { name: "Numbers" }).check({ force: true });
    await editor.page.getByLabel("Index along axis 0, 0 to 2").fill("1");
    await editor.page.getByLabel("Index along axis 0, 0 to 2").press("Enter");
    await expect
      .poll(() => editor.saved(), soon)
      .toMatchObject({
        selected: "stem.kernel",
        shown: "values",
        search: "stem.kernel",
        slice: { at: [1, 0, 0, 0] },
      });
    const saved = await editor.saved();
    await editor.page.close();
    const again = await open({ saved });
    expect(await again.page.locator(".tensor-title").innerText()).toBe("stem.kernel");
    expect(await again.page.getByLabel("Index along axis 0, 0 to 2").inputValue()).toBe("1");
    const values = waves(3 * 3 * 8 * 16, 0.2);
    const cell = again.page.locator(".value-row .value-cell").first();
    await expect.poll(() => cell.getAttribute("title"), soon).toBe(String(values[3 * 128]));
    await again.page.close();
  });

  it("keeps what it shows, with a note, while the file cannot be read", async () => {
    const editor = await openTensor("embed.weight");
    const { page } = editor;
    const view = await editor.showFile();
    const failure = { kind: "file", reason: "the file ends early", file, offset: 1234 } as const;
    await editor.show({ ...view, failure });
    const note = page.locator("header .note");
    await expect
      .poll(() => note.innerText(), soon)
      .toContain("the file ends early (at byte 1,234).");
    expect(await page.locator(".tensor-title").innerText()).toBe("embed.weight");
    const before = editor.calls("picture").length;
    await editor.showFile(2);
    await expect.poll(() => note.isVisible(), soon).toBe(false);
    await expect.poll(() => editor.calls("picture").length, soon).toBeGreaterThan(before);
    await page.close();
  });

  it("shows one error, with file, place and reason, where there is nothing to show", async () => {
    const editor = await EditorPage.open(browser, file);
    const { page } = editor;
    await editor.show({
      failure: { kind: "file", reason: "the header does not fit", file, offset: 8 },
    });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    const text = await alert.innerText();
    for (const words of ["cannot be read", "The header does not fit.", file, "at byte 8"])
      expect(text).toContain(words);
    await page.getByRole("button", { name: "Reopen as Text" }).click();
    await expect
      .poll(() => editor.received.at(-1), soon)
      .toEqual({ type: "action", action: "reopenText" });
    expect(await page.getByRole("grid").count()).toBe(0);
    await page.close();
  });

  it("says that a checkpoint is empty, and shows scalars, empty and unreadable tensors", async () => {
    const editor = await EditorPage.open(browser, file);
    const { page } = editor;
    const none = { format: "npz", fileBytes: 22, tensors: [], metadata: [] };
    await editor.show({ listing: none, revision: 1 });
    await expect
      .poll(() => page.locator(".none").innerText(), soon)
      .toBe("This checkpoint holds no tensors.");
    const tensor = { role: "weight", dtype: "IQ4_NL", shape: [32], parameters: 32 } as const;
    await editor.show({
      listing: {
        ...none,
        tensors: [
          { ...tensor, name: "a", bytes: 18, kind: "opaque" },
          { ...tensor, name: "b", shape: [0, 3], parameters: 0, bytes: 0, kind: "float" },
        ],
      },
      revision: 2,
    });
    await page.locator("[aria-rowindex='2']").click();
    const note = page.locator(".plane .note");
    await expect.poll(() => note.innerText(), soon).toContain("IQ4_NL cannot be shown");
    await page.locator("[aria-rowindex='3']").click();
    await expect.poll(() => note.innerText(), soon).toBe("This tensor has no elements.");
    expect(editor.calls("picture")).toEqual([]);
    expect(editor.complaints).toEqual([]);
    await page.close();
  });
});
