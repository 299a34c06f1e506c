import type { Frame, Page } from "playwright-core";

/**
 * The document inside the webview that is to be seen: an extension's page lies in a frame of a frame.
 * Webviews behind another tab stay in the document, hidden.
 */
export async function webviewFrame(page: Page, timeout = 30_000): Promise<Frame> {
  const outer = page.locator("iframe.webview.ready").filter({ visible: true }).first();
  await outer.waitFor({ timeout });
  const inner = outer.contentFrame().locator("#active-frame");
  await inner.waitFor({ timeout });
  const handle = await inner.elementHandle();
  const frame = await handle.contentFrame();
  if (!frame) throw new Error("The webview has no document.");
  await frame.waitForLoadState();
  return frame;
}
