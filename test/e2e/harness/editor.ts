import type { Locator, Page } from "playwright-core";

/** The code lenses of the text editors in sight; a webview panel beside one may have the focus. */
function lenses(page: Page): Locator {
  return page.locator(".editor-instance .codelens-decoration a").filter({ visible: true });
}

/** Titles of the code lenses that can be pressed now, from top to bottom. */
export async function codeLenses(page: Page): Promise<string[]> {
  return (await lenses(page).allInnerTexts()).map((title) => title.trim());
}

/** Presses the code lens whose title has this text. */
export async function clickCodeLens(page: Page, text: string): Promise<void> {
  // A lens moves while others appear above it, and is drawn anew when it changes: click retries.
  await lenses(page).filter({ hasText: text }).first().click({ timeout: 20_000 });
}
