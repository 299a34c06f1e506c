import type { Page } from "playwright-core";

export interface TreeItem {
  readonly label: string;
  /** The grey text after the label. */
  readonly description: string;
  /** From 1. */
  readonly level: number;
  readonly expanded: boolean | null;
}

/** The items of a view whose title is to be seen, as far as they are unfolded. */
export async function treeItems(page: Page, view: string): Promise<TreeItem[]> {
  const rows = page
    .locator(".pane", { has: page.locator(`.pane-header[aria-label^="${view}"]`) })
    .locator(".monaco-list-row");
  const found: TreeItem[] = [];
  for (const row of await rows.all()) {
    const expanded = await row.getAttribute("aria-expanded");
    found.push({
      label: await row.locator(".label-name").first().innerText(),
      description: (await row.locator(".label-description").allInnerTexts()).join(""),
      level: Number(await row.getAttribute("aria-level")),
      expanded: expanded === null ? null : expanded === "true",
    });
  }
  return found;
}
