/** The theme variables the panel's style reads, as a browser has none: a light set, and a dark one. */
const LIGHT: Readonly<Record<string, string>> = {
  foreground: "#3b3b3b",
  "editor-background": "#ffffff",
  descriptionForeground: "#616161",
  "panel-border": "#e5e5e5",
  "input-background": "#ffffff",
  "input-foreground": "#3b3b3b",
  "input-border": "#cecece",
  "input-placeholderForeground": "#767676",
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
  "input-background": "#313131",
  "input-foreground": "#cccccc",
  "input-border": "#3c3c3c",
  "input-placeholderForeground": "#989898",
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

/** Style that gives a page the theme variables: light, or dark where the reader prefers it. */
export const themeStyle =
  `:root{color-scheme:light dark;--vscode-font-family:${FONT};--vscode-font-size:13px;${declarations(LIGHT)}}` +
  `@media (prefers-color-scheme:dark){:root{${declarations(DARK)}}}`;
