import type { Page } from "playwright-core";

export interface Problem {
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** The rows of the Problems panel, which must be open, as far as they are in sight. */
export async function problems(page: Page): Promise<Problem[]> {
  const rows = page.locator(".markers-panel-container .monaco-list-row");
  const found: Problem[] = [];
  for (const row of await rows.all()) {
    const position = /\[Ln (\d+), Col (\d+)\]/.exec(await row.innerText());
    // The rows between are the files' own.
    if (!position) continue;
    const icon = (await row.locator(".marker-icon .codicon").first().getAttribute("class")) ?? "";
    found.push({
      severity: icon.includes("error") ? "error" : icon.includes("warning") ? "warning" : "info",
      message: await row.locator(".marker-message").first().innerText(),
      line: Number(position[1]),
      column: Number(position[2]),
    });
  }
  return found;
}
