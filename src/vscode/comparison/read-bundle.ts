import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { ReportBundle } from "../../experiment/html-report";

/** A panel's script and style, as the extension ships them. */
export async function readBundle(extensionUri: vscode.Uri, panel: string): Promise<ReportBundle> {
  const read = (extension: string): Promise<string> =>
    readFile(
      vscode.Uri.joinPath(extensionUri, "dist", "webview", `${panel}.${extension}`).fsPath,
      "utf8",
    );
  return { script: await read("js"), style: await read("css") };
}
