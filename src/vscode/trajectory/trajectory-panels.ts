import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { webviewHtml } from "../webview-html";
import { TrajectorySession, type Series } from "./trajectory-session";

const viewType = "weightOdometer.trajectory";

/** The trajectory panels: one for each folder or set of files; each is restored after a reload of the window. */
export class TrajectoryPanels extends Disposables implements vscode.WebviewPanelSerializer {
  private readonly sessions = new Map<vscode.WebviewPanel, TrajectorySession>();

  constructor(private readonly extensionUri: vscode.Uri) {
    super();
    this.add(vscode.window.registerWebviewPanelSerializer(viewType, this));
  }

  /** Shows how the weights moved over the checkpoints of a folder, or over these. */
  open(uris: readonly vscode.Uri[]): void {
    const series = { uris, all: false };
    const open = [...this.sessions.values()].find((session) => session.shows(series));
    if (open) open.reveal();
    else
      this.attach(vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active), series);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const series = seriesOf(state);
    if (series) this.attach(panel, series);
    else panel.dispose();
    return Promise.resolve();
  }

  override dispose(): void {
    for (const panel of this.sessions.keys()) panel.dispose();
    super.dispose();
  }

  private attach(panel: vscode.WebviewPanel, series: Series): void {
    const session = new TrajectorySession(series, panel, this.extensionUri);
    this.sessions.set(panel, session);
    panel.onDidDispose(() => {
      this.sessions.delete(panel);
      session.dispose();
    });
    const bundles = vscode.Uri.joinPath(this.extensionUri, "dist", "webview");
    panel.webview.options = { enableScripts: true, localResourceRoots: [bundles] };
    panel.webview.html = webviewHtml(panel.webview, bundles, "trajectory");
  }
}

/** What a panel's page has kept in its state; null where that makes no sense. */
function seriesOf(state: unknown): Series | null {
  const { uris, all } = (state ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(uris) || uris.length === 0) return null;
  if (!uris.every((uri) => typeof uri === "string")) return null;
  return { uris: uris.map((uri) => vscode.Uri.parse(uri)), all: all === true };
}
