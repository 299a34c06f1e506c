import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { webviewHtml } from "../webview-html";
import { ComparisonSession, type ComparedPair } from "./comparison-session";

const viewType = "weightOdometer.comparison";

/** The comparison panels: one for each pair of checkpoints; each is restored after a reload of the window. */
export class ComparisonPanels extends Disposables implements vscode.WebviewPanelSerializer {
  private readonly sessions = new Map<vscode.WebviewPanel, ComparisonSession>();

  constructor(private readonly extensionUri: vscode.Uri) {
    super();
    this.add(vscode.window.registerWebviewPanelSerializer(viewType, this));
  }

  /** Shows how the weights moved from a to b. */
  open(a: vscode.Uri, b: vscode.Uri): void {
    const pair = { a, b, all: false };
    const open = [...this.sessions.values()].find((session) => session.shows(pair));
    if (open) open.reveal();
    else
      this.attach(vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active), pair);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const pair = pairOf(state);
    if (pair) this.attach(panel, pair);
    else panel.dispose();
    return Promise.resolve();
  }

  override dispose(): void {
    for (const panel of this.sessions.keys()) panel.dispose();
    super.dispose();
  }

  private attach(panel: vscode.WebviewPanel, pair: ComparedPair): void {
    const session = new ComparisonSession(pair, panel, this.extensionUri);
    this.sessions.set(panel, session);
    panel.onDidDispose(() => {
      this.sessions.delete(panel);
      session.dispose();
    });
    const bundles = vscode.Uri.joinPath(this.extensionUri, "dist", "webview");
    panel.webview.options = { enableScripts: true, localResourceRoots: [bundles] };
    panel.webview.html = webviewHtml(panel.webview, bundles, "comparison");
  }
}

/** What a panel's page has kept in its state; null where that makes no sense. */
function pairOf(state: unknown): ComparedPair | null {
  const { a, b, all } = (state ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof a !== "string" || typeof b !== "string") return null;
  return { a: vscode.Uri.parse(a), b: vscode.Uri.parse(b), all: all === true };
}
