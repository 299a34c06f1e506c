import * as vscode from "vscode";

const name = "weight_odometer.py";

/** Registers the command that copies the Python helper into the workspace, beside the script that is open. */
export function registerAddPythonHelper(extension: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand("weightOdometer.addPythonHelper", async () => {
    const folder = await targetFolder();
    if (!folder) return;
    const text = await vscode.workspace.fs.readFile(
      vscode.Uri.joinPath(extension, "media/python", name),
    );
    const file = vscode.Uri.joinPath(folder, name);
    const present = await vscode.workspace.fs.readFile(file).then(
      (bytes) => Buffer.from(bytes),
      () => null,
    );
    if (present?.equals(text) === false && !(await mayOverwrite(file))) return;
    if (present?.equals(text) !== true) await vscode.workspace.fs.writeFile(file, text);
    await vscode.window.showTextDocument(file);
  });
}

/** The folder of the Python script in front, or else one of the workspace's. */
async function targetFolder(): Promise<vscode.Uri | undefined> {
  const script = vscode.window.activeTextEditor?.document;
  if (script?.languageId === "python" && vscode.workspace.getWorkspaceFolder(script.uri))
    return vscode.Uri.joinPath(script.uri, "..");
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1)
    return (
      await vscode.window.showWorkspaceFolderPick({ placeHolder: "Folder of the training script" })
    )?.uri;
  if (folders.length === 0)
    await vscode.window.showInformationMessage(
      "Open a folder first: the helper is a file beside your training script.",
    );
  return folders.at(0)?.uri;
}

async function mayOverwrite(file: vscode.Uri): Promise<boolean> {
  const overwrite = "Overwrite";
  const answer = await vscode.window.showWarningMessage(
    `${vscode.workspace.asRelativePath(file)} is there and differs from this version's.`,
    { modal: true },
    overwrite,
  );
  return answer === overwrite;
}
