import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/**
 * A webview's page: one script and one style sheet from the bundles' folder, nothing else. The policy allows
 * that script alone, by a random nonce.
 */
export function webviewHtml(webview: vscode.Webview, bundles: vscode.Uri, name: string): string {
  const nonce = randomBytes(16).toString("base64");
  const source = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(bundles, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src data: ${webview.cspSource}`,
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${source(`${name}.css`)}">
</head>
<body>
<script nonce="${nonce}" src="${source(`${name}.js`)}"></script>
</body>
</html>`;
}
