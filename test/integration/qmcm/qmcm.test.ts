import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { QmcmEstimate, QmcmSimulation } from "../../../src/protocol/qmcm";
import { runCli, startCli } from "../support/cli";
import { temporaryFolder } from "../support/files";
import { qmcmHtml } from "../../../src/qmcm/html-report";
import { estimateView } from "../../../src/qmcm/views";
import { cannotRun, named, readBundle, TestBrowser } from "../webview/browser";

const small = ["qmcm", "simulate", "--points", "1000", "--dimensions", "20"];

describe("qmcm on the command line", () => {
  it("simulates as JSON and as text, the same twice", async () => {
    const first = await runCli([...small, "--ratio", "0.2", "--seed", "5", "--json"]);
    expect(first.code).toBe(0);
    const found = JSON.parse(first.stdout) as QmcmSimulation;
    expect(found).toMatchObject({ points: 1000, ratio: 0.2, stored: 200, queries: 800, seed: 5 });
    expect(found.histogram?.counts).toHaveLength(50);
    const again = await runCli([...small, "--ratio", ".2", "--seed", "5", "--json"]);
    expect(again.stdout).toBe(first.stdout);
    const text = await runCli([...small, "--sweep"]);
    expect(text.stdout).toContain("r = 99 %");
    expect(text.stdout).toContain("fresh points at each r");
  }, 60_000);

  it.each([
    [["qmcm"], "simulate or estimate"],
    [["qmcm", "guess"], "not guess"],
    [[...small, "--ratio", "1.5"], "ratio is 1.5"],
    [[...small, "--ratio", "-1"], "--ratio"],
    [[...small, "--points", "2"], "--points takes a whole number from 3"],
  ])("says what is wrong with %j", async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });

  it("ends at once when it is interrupted", async () => {
    const child = startCli(["qmcm", "simulate", "--points", "100000", "--dimensions", "1000"]);
    const ended = new Promise<string | null>((resolve) => {
      child.on("exit", (_, signal) => {
        resolve(signal);
      });
    });
    setTimeout(() => child.kill("SIGINT"), 1500);
    expect(await ended).toBe("SIGINT");
  });

  it("estimates over the runs of an experiment", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "small.odometer.json");
    const train = { model: "mnist-dense", trainingImages: 500, epochs: 1 };
    await writeFile(file, JSON.stringify({ train, runs: 6, seed: 1 }));
    const out = path.join(folder, "out");
    expect((await runCli(["run", file, "--out", out])).code).toBe(0);
    const { code, stdout } = await runCli([
      "qmcm",
      "estimate",
      out,
      "--samples",
      "3",
      "--threshold",
      "0",
      "--json",
    ]);
    expect(code).toBe(0);
    const estimate = JSON.parse(stdout) as QmcmEstimate;
    expect(estimate).toMatchObject({ pool: 6, samples: 3, reached: false, nearestIsOther: 0 });
    expect(estimate.removals).toHaveLength(3);
    const text = await runCli(["qmcm", "estimate", out]);
    expect(text.stdout).toContain("the loop never runs on any row of its own Table 2");
    const html = path.join(folder, "estimate.html");
    const written = await runCli(["qmcm", "estimate", out, "--html", html]);
    expect(written).toMatchObject({ code: 0, stdout: "" });
    expect(await readFile(html, "utf8")).toContain("Quasi-Monte Carlo method: small");
  }, 120_000);
});

describe.skipIf(cannotRun !== null)(named("pages of the method in Chromium"), () => {
  it("shows an estimate, and what Algorithm 2 took out", async () => {
    const sample = { count: 2, mean: 3.2, std: 0.1, cvPercent: 3.125 };
    const view = estimateView("<b>mine</b>", {
      format: "weight-odometer qmcm estimate 1",
      threshold: 0.04,
      samples: 2,
      pool: 3,
      seed: 7,
      reached: true,
      removals: [{ run: 5, distance: 4.25, cv: 0.2 }],
      plain: { count: 2, mean: 3.7, std: 0.78, cvPercent: 21.08 },
      trimmed: sample,
      nearestIsOther: 0,
    });
    const browser = await TestBrowser.launch();
    try {
      const { page, complaints } = await browser.open(qmcmHtml(view, readBundle("qmcm")));
      expect(await page.locator("h1").textContent()).toBe("Quasi-Monte Carlo method: <b>mine</b>");
      expect(await page.locator(".large dd").allTextContents()).toContain("3.2000");
      expect(await page.locator(".samples tbody tr").count()).toBe(2);
      expect(await page.locator(".removals tbody tr").innerText()).toMatch(/5\s+4\.2500\s+20\.0/);
      expect(await page.getByRole("button", { name: "Download removals.csv" }).count()).toBe(1);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it.each(["light", "dark"] as const)(
    "draws Figs. 4 and 5 in the %s theme and saves their data, offline and without complaint",
    async (colorScheme) => {
      const file = path.join(await temporaryFolder(), "simulation.html");
      const made = await runCli([...small, "--sweep", "--html", file]);
      expect(made.code).toBe(0);
      expect(made.stdout).toBe("");
      const browser = await TestBrowser.launch();
      try {
        const html = await readFile(file, "utf8");
        const { page, complaints } = await browser.open(html, {
          colorScheme,
          offline: true,
        });
        await page.locator("path.line").nth(6).waitFor({ state: "attached" });
        expect(await page.locator(".distances rect.bar").count()).toBe(50);
        expect(await page.locator("path.line").count()).toBe(1 + 2 * 3);
        await page.locator(".distances svg").focus();
        await page.keyboard.press("ArrowRight");
        expect(await page.locator(".distances .unseen").textContent()).toContain("distances");
        for (const [name, rows] of [
          ["fig-4.csv", 51],
          ["fig-5.csv", 100],
          ["fig-5-equal-queries.csv", 100],
        ] as const) {
          const download = page.waitForEvent("download");
          await page.getByRole("button", { name: `Download ${name}`, exact: true }).click();
          const saved = await download;
          expect(saved.suggestedFilename()).toBe(name);
          const text = await readFile(await saved.path(), "utf8");
          expect(text.trimEnd().split("\n")).toHaveLength(rows);
        }
        expect(complaints.filter((complaint) => !complaint.startsWith("request: blob:"))).toEqual(
          [],
        );
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
