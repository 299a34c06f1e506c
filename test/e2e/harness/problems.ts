import type { Page } from "playwright-core";

export interface Problem {
  /** Name of the file, without its folder. */
  readonly file: string;
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
  let file = "";
  for (const row of await rows.all()) {
    const position = /\[Ln (\d+), Col (\d+)\]/.exec(await row.innerText());
    if (!position) {
      // A file's own row, before those of its problems.
      file = await row.locator(".label-name").first().innerText();
      continue;
    }
    const icon = (await row.locator(".marker-icon .codicon").first().getAttribute("class")) ?? "";
    found.push({
      file,
      severity: icon.includes("error") ? "error" : icon.includes("warning") ? "warning" : "info",
      message: await row.locator(".marker-message").first().innerText(),
      line: Number(position[1]),
      column: Number(position[2]),
    });
  }
  return found;
}
