import { open, stat } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { keptFolder } from "../experiment/kept-attempts";
import type { LiveRun } from "../protocol/live";
import { logName } from "../runner/command/log-name";

const mostBytes = 64 << 10;

/** Opens what the command of a run has printed. */
export async function showOutput(directory: ExperimentDirectory, run: LiveRun): Promise<void> {
  const file = await outputFile(directory, run);
  if (file === null) {
    await vscode.window.showInformationMessage(
      `Run ${run.run} has printed nothing: only trainings by your own command have an output.`,
    );
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const end = document.lineAt(document.lineCount - 1).range;
  await vscode.window.showTextDocument(document, { preview: true, selection: end });
}

/** The end of what a failed run printed; empty where there is nothing of it. */
export async function outputEnd(directory: ExperimentDirectory, key: string): Promise<string> {
  if (!/^[0-9a-f]{32}$/.test(key)) return "";
  try {
    const handle = await open(path.join(keptFolder(directory, key), logName), "r");
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.min(size, mostBytes));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString("utf8", 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}

/** While it runs where its snapshot says, below the experiment's directory; afterwards where a run of its key lies. */
async function outputFile(directory: ExperimentDirectory, run: LiveRun): Promise<string | null> {
  if (!/^[0-9a-f]{32}$/.test(run.key)) return null;
  const candidates = [
    ...(run.state === "running" && run.kind === "command" ? [run.log] : []),
    path.join(directory.runFolder(run.key), logName),
    path.join(keptFolder(directory, run.key), logName),
  ].filter((file) => path.resolve(file).startsWith(path.resolve(directory.root) + path.sep));
  for (const file of candidates) {
    const entry = await stat(file).catch(() => null);
    if (entry?.isFile() === true) return file;
  }
  return null;
}
