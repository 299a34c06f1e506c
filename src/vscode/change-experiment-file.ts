import { applyEdits, modify } from "jsonc-parser";
import * as vscode from "vscode";

/**
 * Writes a setting into an experiment's file and saves it; comments and all else stay.
 * @returns whether it was saved
 */
export async function changeExperimentFile(
  uri: vscode.Uri,
  setting: string,
  value: string | number,
): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const changed = applyEdits(text, modify(text, [setting], value, { formattingOptions }));
  const edit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  edit.replace(uri, whole, changed);
  await vscode.workspace.applyEdit(edit);
  return document.save();
}
