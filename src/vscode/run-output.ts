import { stat } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { keptFolder } from "../experiment/kept-attempts";
import type { LiveRun } from "../protocol/live";
import { logName } from "../experiment/command/log-name";
import { outputEnd } from "../runner/command/output-end";

const mostBytes = 64 << 10;
/** Extensions are given no text of a larger file (VS Code's own limit); the editor shows it all the same. */
const mostGiven = 50 << 20;

/** A run, and while its command is under way where that prints. */
type PrintingRun = Pick<LiveRun, "run" | "key"> & { readonly log?: string };

/** Opens what the command of a run has printed, at its end. */
export async function showOutput(directory: ExperimentDirectory, run: PrintingRun): Promise<void> {
  const file = await outputFile(directory, run);
  if (file === null) {
    await vscode.window.showInformationMessage(
      `Run ${run.run} has printed nothing: only trainings by your own command have an output.`,
    );
    return;
  }
  const uri = vscode.Uri.file(file);
  if ((await stat(file)).size > mostGiven) {
    await vscode.commands.executeCommand("vscode.open", uri);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const end = document.lineAt(document.lineCount - 1).range;
  await vscode.window.showTextDocument(document, { preview: true, selection: end });
}

/** The end of what a failed run printed; empty where there is nothing of it. */
export async function failedOutput(directory: ExperimentDirectory, key: string): Promise<string> {
  return isKey(key) ? outputEnd(path.join(keptFolder(directory, key), logName), mostBytes) : "";
}

/** While it runs where its snapshot says, below the experiment's directory; afterwards where a run of its key lies. */
async function outputFile(
  directory: ExperimentDirectory,
  run: PrintingRun,
): Promise<string | null> {
  if (!isKey(run.key)) return null;
  const candidates = [
    ...(run.log === undefined ? [] : [run.log]),
    path.join(directory.runFolder(run.key), logName),
    path.join(keptFolder(directory, run.key), logName),
  ].filter((file) => path.resolve(file).startsWith(path.resolve(directory.root) + path.sep));
  for (const file of candidates) {
    const entry = await stat(file).catch(() => null);
    if (entry?.isFile() === true) return file;
  }
  return null;
}

/** A snapshot is a file that anybody may have written: no key of it leads out of the directory. */
function isKey(key: string): boolean {
  return /^[0-9a-f]{32}$/.test(key);
}
