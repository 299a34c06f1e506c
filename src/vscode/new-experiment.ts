import * as vscode from "vscode";
import { models } from "../catalogue/models";
import { presetExperiment } from "../experiment/presets";

/** Asks for a model and a name and writes an experiment file to change and run. */
export async function newExperiment(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    await vscode.window.showInformationMessage(
      "Open a folder first: an experiment is a file in it.",
    );
    return;
  }
  const picks = models.map(({ id, title, parameters }) => ({
    label: id,
    description: `${parameters.toLocaleString("en-US")} parameters`,
    detail: title,
  }));
  const model = await vscode.window.showQuickPick(picks, {
    placeHolder: "Model to train",
    matchOnDetail: true,
  });
  if (!model) return;
  const file = await vscode.window.showInputBox({
    prompt: "File name",
    value: `${model.label}.odometer.json`,
    validateInput: (name) =>
      /^[^/\\]+\.odometer\.json$/.test(name) ? undefined : "The name ends in .odometer.json.",
  });
  if (file === undefined) return;
  const uri = vscode.Uri.joinPath(folder.uri, file);
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const text = `${JSON.stringify(presetExperiment("experiment-1", { model: model.label, runs: 20 }), null, 2)}\n`;
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text, "utf8"));
  }
  await vscode.window.showTextDocument(uri);
}
