import os from "node:os";
import * as vscode from "vscode";
import { readPanelBundle } from "../../html/panel-report";
import type { FromQmcm, QmcmView, ToQmcm } from "../../protocol/qmcm";
import { qmcmHtml } from "../../qmcm/html-report";
import { saveExport } from "../comparison/save-export";
import { webviewHtml } from "../webview-html";

const viewType = "weightOdometer.simulation";

/** Opens a page on the quasi-Monte Carlo method. */
export function openQmcmPanel(extension: vscode.Uri, view: QmcmView): void {
  const title =
    view.kind === "simulation" ? "Simulation (Figs. 4 and 5)" : `Algorithm 2: ${view.name}`;
  const column = vscode.ViewColumn.Active;
  show(vscode.window.createWebviewPanel(viewType, title, column), extension, view);
}

/** Has pages back after a reload of the window, as they have kept themselves. */
export function restoreQmcmPanels(extension: vscode.Uri): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: (panel, state: { readonly view?: QmcmView } | undefined) => {
      if (state?.view) show(panel, extension, state.view);
      else panel.dispose();
      return Promise.resolve();
    },
  });
}

function show(panel: vscode.WebviewPanel, extension: vscode.Uri, view: QmcmView): void {
  const dist = vscode.Uri.joinPath(extension, "dist");
  const bundles = vscode.Uri.joinPath(dist, "webview");
  panel.webview.onDidReceiveMessage(({ type }: FromQmcm) => {
    const message: ToQmcm = { type: "view", view };
    if (type === "ready") void panel.webview.postMessage(message);
    else
      void saveExport(
        vscode.Uri.joinPath(folder(), "qmcm"),
        view.kind,
        { title: "Export HTML", extension: "html" },
        async () => qmcmHtml(view, await readPanelBundle(dist.fsPath, "qmcm")),
      );
  });
  panel.webview.options = { enableScripts: true, localResourceRoots: [bundles] };
  panel.webview.html = webviewHtml(panel.webview, bundles, "qmcm");
}

function folder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
}
