import path from "node:path";
import * as vscode from "vscode";

/** Milliseconds of quiet after the latest change: a writer is rarely done with its first write. */
const QUIET = 300;

/** Calls back after a file was written, made anew or replaced, once it has been quiet for a moment. */
export function watchFile(uri: vscode.Uri, changed: () => void): vscode.Disposable {
  const folder = vscode.Uri.file(path.dirname(uri.fsPath));
  // Characters that mean something in a pattern may stand in a name.
  const pattern = path.basename(uri.fsPath).replaceAll(/[*?{}[\]]/g, "?");
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, pattern),
  );
  let timer: NodeJS.Timeout | undefined;
  const soon = (at: vscode.Uri): void => {
    if (path.basename(at.fsPath) !== path.basename(uri.fsPath)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET);
  };
  watcher.onDidChange(soon);
  watcher.onDidCreate(soon);
  watcher.onDidDelete(soon);
  return vscode.Disposable.from(watcher, {
    dispose: () => {
      clearTimeout(timer);
    },
  });
}
