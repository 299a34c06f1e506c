import type { Locator, Page } from "playwright-core";

/** The editor that was last worked in. */
function activeEditor(page: Page): Locator {
  return page.locator(".editor-group-container.active .monaco-editor").first();
}

/** Titles of the code lenses that can be pressed now, from top to bottom. */
export async function codeLenses(page: Page): Promise<string[]> {
  const titles = await activeEditor(page).locator(".codelens-decoration a").allInnerTexts();
  return titles.map((title) => title.trim());
}

/** Presses the code lens whose title has this text. */
export async function clickCodeLens(page: Page, text: string): Promise<void> {
  // A lens moves while others appear above it, and is drawn anew when it changes: click retries.
  await activeEditor(page)
    .locator(".codelens-decoration a")
    .filter({ hasText: text })
    .first()
    .click({ timeout: 20_000 });
}
