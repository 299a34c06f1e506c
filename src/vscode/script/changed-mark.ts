import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { isChanged } from "./script-changes";
import type { ScriptExperiments } from "./script-experiments";

/** A mark beside the first line of a script that has changed since an experiment's results were made with it. */
export class ChangedMark extends Disposables {
  private readonly mark: vscode.TextEditorDecorationType;

  constructor(
    extension: vscode.Uri,
    private readonly scripts: ScriptExperiments,
  ) {
    super();
    this.mark = this.add(
      vscode.window.createTextEditorDecorationType({
        isWholeLine: true,
        gutterIconPath: vscode.Uri.joinPath(extension, "media/script-changed.svg"),
        gutterIconSize: "contain",
        overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.modifiedForeground"),
        overviewRulerLane: vscode.OverviewRulerLane.Left,
      }),
    );
    const drawAll = () => {
      for (const editor of vscode.window.visibleTextEditors) void this.draw(editor);
    };
    this.add(scripts.onDidChange(drawAll));
    this.add(vscode.window.onDidChangeVisibleTextEditors(drawAll));
    this.add(vscode.workspace.onDidSaveTextDocument(drawAll));
    // Another program's change on disk is no save: VS Code takes it in as a change of the text.
    this.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.scripts.of(document.uri.fsPath).length > 0) drawAll();
      }),
    );
    drawAll();
  }

  private async draw(editor: vscode.TextEditor): Promise<void> {
    const script = editor.document.uri.fsPath;
    const changed: string[] = [];
    for (const experiment of this.scripts.of(script))
      if (await isChanged(experiment, script)) changed.push(experiment.name);
    const hoverMessage = new vscode.MarkdownString().appendText(
      `Changed since the results of ${changed.join(", ")} were made. Run it again to see what the change does.`,
    );
    const first = new vscode.Range(0, 0, 0, 0);
    editor.setDecorations(this.mark, changed.length === 0 ? [] : [{ range: first, hoverMessage }]);
  }
}
