import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("Add Python Helper to Workspace", () => {
  it("copies the helper beside the script that is open, and shows it", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, "no folder is open");
    const script = vscode.Uri.joinPath(folder.uri, "training", "train.py");
    const copy = vscode.Uri.joinPath(folder.uri, "training", "weight_odometer.py");
    await vscode.workspace.fs.writeFile(script, Buffer.from("import weight_odometer\n"));
    await vscode.window.showTextDocument(script);
    await vscode.commands.executeCommand("weightOdometer.addPythonHelper");

    const extension = vscode.extensions.getExtension("weight-odometer.weight-odometer");
    assert.ok(extension);
    const own = vscode.Uri.joinPath(extension.extensionUri, "media/python/weight_odometer.py");
    assert.deepEqual(
      Buffer.from(await vscode.workspace.fs.readFile(copy)).toString(),
      Buffer.from(await vscode.workspace.fs.readFile(own)).toString(),
    );
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, copy.fsPath);
  });
});
