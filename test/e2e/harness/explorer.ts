import { setTimeout as sleep } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";

/** A file or folder in the Explorer's tree, once its side bar is open. */
export function explorerRow(page: Page, name: string): Locator {
  return page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name }).first();
}

/** Clicks a file or folder in the Explorer; what hovers over it goes first. */
export async function clickInExplorer(page: Page, name: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ;) {
    try {
      await explorerRow(page, name).click({ timeout: 3000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.mouse.move(700, 450);
      await page.keyboard.press("Escape");
    }
  }
}

/** Takes an entry of the menu that a right click on a file opens in the Explorer. */
export async function explorerMenu(page: Page, file: string, entry: string): Promise<void> {
  const item = page.locator(".context-view .action-item").filter({ hasText: entry }).first();
  for (const deadline = Date.now() + 30_000; ;) {
    try {
      await explorerRow(page, file).click({ button: "right", timeout: 3000 });
      await item.hover({ timeout: 3000 });
      // A menu that has just opened takes no click, lest the one that opened it chose something.
      await sleep(300);
      await item.click({ timeout: 3000 });
      await item.waitFor({ state: "hidden", timeout: 3000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.keyboard.press("Escape");
    }
  }
}
