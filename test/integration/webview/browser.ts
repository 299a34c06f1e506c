import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { PanelBundle } from "../../../src/html/panel-report";

const chromiumPath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** Why these tests cannot run here; null where they can. */
export const cannotRun = existsSync(chromiumPath)
  ? null
  : `no Chromium at ${chromiumPath}: install it, or name one in CHROMIUM_PATH`;

/** The name of some tests, which says why where they are skipped. */
export function named(name: string): string {
  return cannotRun === null ? name : `${name} (skipped: ${cannotRun})`;
}

/** The bundle that `npm run build` made, or one in the folder that WEBVIEW_BUNDLES names. */
export function readBundle(page = "results"): PanelBundle {
  const folder = process.env["WEBVIEW_BUNDLES"] ?? "dist/webview";
  const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
  return { script: read(`${page}.js`), style: read(`${page}.css`) };
}

/** A page, and what it should not have done. */
export interface Opened {
  readonly page: Page;
  /** Errors and warnings on the console, uncaught errors, policy violations, and requests beyond the page itself. */
  readonly complaints: string[];
}

/** Chromium with WebGL drawn by the CPU, and pages opened in it from files. */
export class TestBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly folder: string,
  ) {}

  static async launch(): Promise<TestBrowser> {
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--ignore-gpu-blocklist",
      ],
    });
    return new TestBrowser(browser, mkdtempSync(path.join(tmpdir(), "webview-")));
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens this HTML from a file. `before` runs in the page ahead of its own scripts. */
  async open(
    html: string,
    options: BrowserContextOptions & { before?: string } = {},
  ): Promise<Opened> {
    const { before, ...context } = options;
    const file = path.join(this.folder, "page.html");
    writeFileSync(file, html);
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 820 }, ...context });
    const address = pathToFileURL(file).href;
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== address) complaints.push(`request: ${request.url()}`);
    });
    if (before !== undefined) await page.addInitScript({ content: before });
    await page.goto(address);
    return { page, complaints };
  }

  /** How many pixels of a picture are near a colour, by eye. */
  async near(picture: Buffer, colour: readonly [number, number, number]): Promise<number> {
    const page = await this.browser.newPage();
    try {
      return await page.evaluate<number>(`(async () => {
        const image = new Image();
        image.src = "data:image/png;base64,${picture.toString("base64")}";
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const wanted = ${JSON.stringify(colour)};
        let count = 0;
        for (let i = 0; i < data.length; i += 4)
          if (wanted.every((value, channel) => Math.abs(data[i + channel] - value) < 40)) count++;
        return count;
      })()`);
    } finally {
      await page.close();
    }
  }
}

/** Waits until the page has drawn what it was last asked to. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const wait = () => {
      const stage = document.querySelector(".stage");
      if (stage?.offsetParent && !stage.dataset.renderer) requestAnimationFrame(wait);
      else requestAnimationFrame(() => requestAnimationFrame(done));
    };
    wait();
  })`);
}

/** A picture of the first map's stage. */
export async function stagePicture(page: Page): Promise<Buffer> {
  await drawn(page);
  return page.locator(".stage").first().screenshot();
}
