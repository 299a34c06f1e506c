import * as vscode from "vscode";
import { models } from "../catalogue/models";
import { presetChoices } from "../experiment/preset-choices";

/** Asks for a model, for one of the paper's experiments and for a name, and writes an experiment file to change and run. */
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
  const preset = await vscode.window.showQuickPick(
    presetChoices(model.label).map((choice) => ({
      ...choice,
      label: choice.title,
      description: choice.size,
    })),
    {
      placeHolder: "Experiment: each is a file to change before it is run",
      matchOnDescription: true,
    },
  );
  if (!preset) return;
  const file = await vscode.window.showInputBox({
    prompt: "File name",
    value: `${preset.file}.odometer.json`,
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
    const text = `${JSON.stringify(preset.experiment, null, 2)}\n`;
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text, "utf8"));
  }
  await vscode.window.showTextDocument(uri);
}
