import * as vscode from "vscode";
import { checkpointViewType } from "./checkpoint-editors";

/** Registers the command that opens a file as a checkpoint, whatever its name. */
export function registerOpenCheckpoint(): vscode.Disposable {
  return vscode.commands.registerCommand(
    "weightOdometer.openCheckpoint",
    async (target?: vscode.Uri) => {
      const uri = target ?? (await ask());
      if (uri) await vscode.commands.executeCommand("vscode.openWith", uri, checkpointViewType);
    },
  );
}

async function ask(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ title: "Open Checkpoint" });
  return chosen?.[0];
}
