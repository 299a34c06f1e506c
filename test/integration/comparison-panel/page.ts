import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import type { Opened, TestBrowser } from "../webview/browser";

/** The variables that VS Code gives a page in its own themes, as far as the panels read them. */
const THEMES = {
  dark: `--vscode-foreground:#ccc;--vscode-editor-background:#1f1f1f;--vscode-descriptionForeground:#9d9d9d;
    --vscode-panel-border:#2b2b2b;--vscode-textLink-foreground:#4daafc;--vscode-focusBorder:#0078d4;
    --vscode-charts-orange:#d18616;--vscode-charts-blue:#3794ff;--vscode-list-hoverBackground:#2a2d2e;
    --vscode-list-inactiveSelectionBackground:#37373d;--vscode-list-activeSelectionBackground:#04395e;
    --vscode-list-activeSelectionForeground:#fff;--vscode-input-background:#313131;--vscode-errorForeground:#f85149;
    --vscode-editorHoverWidget-background:#202020;--vscode-editorHoverWidget-border:#454545`,
  light: `--vscode-foreground:#3b3b3b;--vscode-editor-background:#fff;--vscode-descriptionForeground:#616161;
    --vscode-panel-border:#e5e5e5;--vscode-textLink-foreground:#005fb8;--vscode-focusBorder:#005fb8;
    --vscode-charts-orange:#d18616;--vscode-charts-blue:#1a85ff;--vscode-list-hoverBackground:#f2f2f2;
    --vscode-list-inactiveSelectionBackground:#e4e6f1;--vscode-list-activeSelectionBackground:#e8e8e8;
    --vscode-input-background:#fff;--vscode-input-border:#cecece;--vscode-errorForeground:#c72e0f`,
} as const;

/** The bundle of a panel that the build made, or one in the folder that WEBVIEW_BUNDLES names. */
export function bundle(panel: string): { readonly script: string; readonly style: string } {
  const folder = process.env["WEBVIEW_BUNDLES"] ?? "dist/webview";
  const read = (extension: string): string =>
    readFileSync(path.join(folder, `${panel}.${extension}`), "utf8");
  return { script: read("js"), style: read("css") };
}

/** Opens a panel's page as VS Code makes it: its policy, its variables, its API; `saved` is the state of an earlier panel. */
export async function openPanel(
  browser: TestBrowser,
  panel: string,
  saved: object | null = null,
  theme: keyof typeof THEMES = "dark",
): Promise<Opened> {
  const { script, style } = bundle(panel);
  const api = `window.posted = []; window.saved = ${JSON.stringify(saved)};
    function acquireVsCodeApi() {
      return { postMessage: (m) => posted.push(m), getState: () => saved ?? undefined, setState: (s) => { saved = s; } };
    }`;
  return browser.open(`<!doctype html><html><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; img-src data:">
    <style nonce="n">:root{--vscode-font-family:"DejaVu Sans",sans-serif;${THEMES[theme]}} ${style}</style></head>
    <body class="vscode-${theme}"><script nonce="n">${api}</script><script nonce="n">${script}</script></body></html>`);
}

/** Sends the page a message and waits until it has drawn. */
export async function send(page: Page, message: object): Promise<void> {
  await page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`);
  await page.evaluate(
    "new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 20))",
  );
}

/** What the page has said to its host. */
export function posted(page: Page): Promise<{ readonly type: string }[]> {
  return page.evaluate("window.posted");
}
