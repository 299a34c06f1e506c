/** The variables that VS Code's own themes give a webview, as far as the editor uses them. */
export const themes = {
  dark: {
    body: "vscode-dark",
    variables: `--vscode-foreground:#cccccc;--vscode-editor-background:#1f1f1f;--vscode-descriptionForeground:#9d9d9d;
--vscode-panel-border:#2b2b2b;--vscode-focusBorder:#0078d4;--vscode-textLink-foreground:#4daafc;--vscode-errorForeground:#f85149;
--vscode-charts-blue:#3794ff;--vscode-charts-orange:#d18616;--vscode-charts-purple:#b180d7;--vscode-list-hoverBackground:#2a2d2e;
--vscode-list-activeSelectionBackground:#04395e;--vscode-list-activeSelectionForeground:#ffffff;
--vscode-list-inactiveSelectionBackground:#37373d;--vscode-input-background:#313131;--vscode-input-foreground:#cccccc;
--vscode-input-border:#3c3c3c;--vscode-input-placeholderForeground:#989898;--vscode-dropdown-background:#313131;
--vscode-dropdown-foreground:#cccccc;--vscode-dropdown-border:#3c3c3c;--vscode-progressBar-background:#0078d4;
--vscode-button-background:#0078d4;--vscode-button-foreground:#ffffff;--vscode-panelTitle-activeBorder:#0078d4`,
  },
  light: {
    body: "vscode-light",
    variables: `--vscode-foreground:#3b3b3b;--vscode-editor-background:#ffffff;--vscode-descriptionForeground:#3b3b3b;
--vscode-panel-border:#e5e5e5;--vscode-focusBorder:#005fb8;--vscode-textLink-foreground:#005fb8;--vscode-errorForeground:#f85149;
--vscode-charts-blue:#1a85ff;--vscode-charts-orange:#d18616;--vscode-charts-purple:#652d90;--vscode-list-hoverBackground:#f2f2f2;
--vscode-list-activeSelectionBackground:#e8e8e8;--vscode-list-activeSelectionForeground:#000000;
--vscode-list-inactiveSelectionBackground:#e4e6f1;--vscode-input-background:#ffffff;--vscode-input-foreground:#3b3b3b;
--vscode-input-border:#cecece;--vscode-input-placeholderForeground:#767676;--vscode-dropdown-background:#ffffff;
--vscode-dropdown-foreground:#3b3b3b;--vscode-dropdown-border:#cecece;--vscode-progressBar-background:#005fb8;
--vscode-button-background:#005fb8;--vscode-button-foreground:#ffffff;--vscode-panelTitle-activeBorder:#005fb8`,
  },
} as const;

const shared =
  "--vscode-font-family:'Segoe UI',system-ui,'Ubuntu','Droid Sans',sans-serif;--vscode-font-size:13px";

/** A style sheet for a theme's variables. */
export function themeStyle(theme: keyof typeof themes): string {
  return `:root{${themes[theme].variables};${shared}}`;
}
