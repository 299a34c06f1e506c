import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../support/cli";
import { cannotRun, named, TestBrowser } from "../webview/browser";

let folder = "";
const directories = (): string[] => ["mnist-dense", "tf-mnist"].map((of) => path.join(folder, of));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
  for (const out of directories()) {
    const model = path.basename(out);
    const options = ["--model", model, "--images", "128", "--epochs", "1", "--repeats", "2"];
    const { code } = await runCli(["run", "--preset", "experiment-1", ...options, "--out", out]);
    expect(code).toBe(0);
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

it("sets models in their order beside the paper's two, and says that choosing is selection", async () => {
  const { stdout, code } = await runCli(["compare", ...directories()]);
  expect(code).toBe(0);
  expect(stdout).toContain("tf-mnist < tf-cnn < alexnet < vgg < resnet < googlenet < yolo-v3");
  expect(stdout).toContain("vgg < tf-mnist < tf-cnn < alexnet < yolo-v3 < googlenet < resnet");
  expect(stdout).toContain("1.358 ± 0.031");
  expect(stdout).toContain("is selection");
  expect(stdout).toContain("AlexNet: The paper's Table 3 has this model on CIFAR-10");
});

describe.skipIf(cannotRun !== null)(named("the comparison's page in Chromium"), () => {
  it.each([
    ["light", 1280],
    ["dark", 420],
  ] as const)("draws Tables 2 and 3, %s, %i pixels wide", async (colorScheme, width) => {
    const file = path.join(folder, "compared.html");
    const made = await runCli(["compare", ...directories(), "--html", file]);
    expect(made).toMatchObject({ code: 0, stdout: "" });
    const browser = await TestBrowser.launch();
    try {
      const html = await readFile(file, "utf8");
      const viewport = { width, height: 800 };
      const { page, complaints } = await browser.open(html, { colorScheme, viewport });
      expect(await page.locator(".ranked tbody tr").count()).toBe(7);
      const first = await page.locator(".ranked tbody tr").first().locator("td").allTextContents();
      expect(first.slice(0, 2)).toEqual(["TF MNIST Demo (MNIST)", "VGG"]);
      // One model of Table 3 has no order to correlate.
      expect(
        await page.locator(".ranked tfoot tr").first().locator("td").nth(2).textContent(),
      ).toBe("–");
      expect(await page.locator(".differences .warning").textContent()).toContain(
        "no single cause",
      );
      // Beside the distances too, with what they were made of.
      const distances = await page.locator(".distances").innerText();
      expect(distances).toContain("no single cause, listed below.");
      expect(distances).toMatch(/N = 2 runs\. Seeds of initial weights, order and dropout: 0, 1\./);
      const over = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      expect(over).toBeLessThanOrEqual(0);
      for (const [name, rows] of [
        ["table-2.csv", 1 + 2 * 5],
        ["table-3.csv", 1 + 2 * 5],
      ] as const) {
        const download = page.waitForEvent("download");
        await page.getByRole("button", { name: `Download ${name}` }).click();
        const text = await readFile(await (await download).path(), "utf8");
        expect(text.trimEnd().split("\n")).toHaveLength(rows);
      }
      expect(complaints.filter((complaint) => !complaint.startsWith("request: blob:"))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
