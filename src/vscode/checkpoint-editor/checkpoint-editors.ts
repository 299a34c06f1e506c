import * as vscode from "vscode";
import { ReaderPool } from "../../reader/reader-pool";
import { Disposables } from "../disposables";
import { webviewHtml } from "../webview-html";
import { CheckpointDocument } from "./checkpoint-document";
import { EditorSession } from "./editor-session";

/** Opens by itself the files that are always checkpoints. */
export const checkpointViewType = "weightOdometer.checkpoint";
/** The same editor for files whose names other things have too: VS Code gives a view type one priority. */
const otherViewType = "weightOdometer.otherCheckpoint";

/** The read-only editor of checkpoints: any number of editors may show one document. */
export class CheckpointEditors
  extends Disposables
  implements vscode.CustomReadonlyEditorProvider<CheckpointDocument>
{
  private readonly pool = this.add(new ReaderPool());

  constructor(private readonly extensionUri: vscode.Uri) {
    super();
    for (const viewType of [checkpointViewType, otherViewType])
      this.add(
        vscode.window.registerCustomEditorProvider(viewType, this, {
          supportsMultipleEditorsPerDocument: true,
        }),
      );
  }

  openCustomDocument(uri: vscode.Uri): CheckpointDocument {
    const document = new CheckpointDocument(uri, this.pool);
    // Not awaited: the editor opens at once and says that it is reading.
    void document.refresh();
    return document;
  }

  resolveCustomEditor(document: CheckpointDocument, panel: vscode.WebviewPanel): void {
    const bundles = vscode.Uri.joinPath(this.extensionUri, "dist", "webview");
    const session = new EditorSession(document, panel);
    panel.onDidDispose(() => {
      session.dispose();
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [bundles] };
    panel.webview.html = webviewHtml(panel.webview, bundles, "checkpoint");
  }
}
