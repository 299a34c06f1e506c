import { createHash } from "node:crypto";
import type { LiveSnapshot } from "../protocol/live";
import type { ResultsPanelView } from "../protocol/results-panel";

/** The results panel's own bundle: the report draws with the same code. */
export interface ReportBundle {
  readonly script: string;
  readonly style: string;
}

/** The theme variables the panel's style reads, as a browser has none: a light set, and a dark one. */
const LIGHT: Readonly<Record<string, string>> = {
  foreground: "#3b3b3b",
  "editor-background": "#ffffff",
  descriptionForeground: "#616161",
  "panel-border": "#e5e5e5",
  "textLink-foreground": "#005fb8",
  focusBorder: "#005fb8",
  "editorWarning-foreground": "#bf8803",
  errorForeground: "#c72e0f",
  "charts-orange": "#c9690b",
  "charts-blue": "#1a7fdb",
  "list-hoverBackground": "#f2f2f2",
  "list-inactiveSelectionBackground": "#e4e6f1",
  "list-activeSelectionBackground": "#e8e8e8",
  "list-activeSelectionForeground": "#000000",
  "progressBar-background": "#005fb8",
  "editorHoverWidget-background": "#f8f8f8",
  "editorHoverWidget-foreground": "#3b3b3b",
  "editorHoverWidget-border": "#c8c8c8",
};
const DARK: typeof LIGHT = {
  foreground: "#cccccc",
  "editor-background": "#1f1f1f",
  descriptionForeground: "#9d9d9d",
  "panel-border": "#2b2b2b",
  "textLink-foreground": "#4daafc",
  focusBorder: "#0078d4",
  "editorWarning-foreground": "#cca700",
  errorForeground: "#f85149",
  "charts-orange": "#e5a33b",
  "charts-blue": "#4daafc",
  "list-hoverBackground": "#2a2d2e",
  "list-inactiveSelectionBackground": "#37373d",
  "list-activeSelectionBackground": "#04395e",
  "list-activeSelectionForeground": "#ffffff",
  "progressBar-background": "#0078d4",
  "editorHoverWidget-background": "#202020",
  "editorHoverWidget-foreground": "#cccccc",
  "editorHoverWidget-border": "#454545",
};

const FONT = '-apple-system, "Segoe WPC", "Segoe UI", system-ui, Ubuntu, "Droid Sans", sans-serif';

const declarations = (theme: typeof LIGHT): string =>
  Object.entries(theme)
    .map(([name, value]) => `--vscode-${name}:${value};`)
    .join("");

const THEME =
  `:root{color-scheme:light dark;--vscode-font-family:${FONT};--vscode-font-size:13px;${declarations(LIGHT)}}` +
  `@media (prefers-color-scheme:dark){:root{${declarations(DARK)}}}`;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** JSON inside a script element: without "<" nothing in it can end the element or open a comment. */
const embedJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/** Script text in which nothing ends its element; the escape means the same in strings, templates and patterns. */
const embedScript = (script: string): string => script.replace(/<(?=!--|\/script)/gi, "\\x3C");

/** Style text in which nothing ends its element. */
const embedStyle = (style: string): string => style.replace(/<(?=\/style)/gi, "\\3C ");

const sha256 = (text: string): string =>
  `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

/** A report is read when nothing runs any more: only what had ended by then is still true. */
function settled(live: LiveSnapshot | null): LiveSnapshot | null {
  if (live === null || live.state === "failed" || live.state === "cancelled") return live;
  const runs = live.runs.filter(({ state }) => state === "finished" || state === "failed");
  return { ...live, state: "done", secondsLeft: null, runs };
}

/**
 * One HTML file that shows what the results panel shows: it needs no network, and its content security policy
 * lets it run only the script it carries. Opened from disk in any browser, in light or dark as the reader prefers.
 */
export function htmlReport(view: ResultsPanelView, bundle: ReportBundle): string {
  const script = embedScript(bundle.script);
  const style = embedStyle(THEME + bundle.style);
  const policy =
    `default-src 'none'; script-src ${sha256(script)}; style-src ${sha256(style)}; img-src data:; ` +
    "base-uri 'none'; form-action 'none'";
  const data: ResultsPanelView = {
    ...view,
    experiment: null,
    live: settled(view.live),
    alive: false,
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Weight Odometer">
<title>${escapeHtml(view.name)}</title>
<style>${style}</style>
</head>
<body class="report">
<noscript>This report draws its figures with a script inside this file; allow scripts to see it.</noscript>
<script type="application/json" id="view">${embedJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}
