import * as vscode from "vscode";
import type { TrajectoryPanels } from "./trajectory-panels";

/** Registers the command that shows a trajectory; from a menu it is given a folder, or all files that are selected. */
export function registerTrajectoryCommand(panels: TrajectoryPanels): vscode.Disposable {
  return vscode.commands.registerCommand(
    "weightOdometer.showTrajectory",
    async (target?: vscode.Uri, selected: readonly vscode.Uri[] = []) => {
      const uris = selected.length > 1 ? selected : target ? [target] : await ask();
      if (uris.length > 0) panels.open(uris);
    },
  );
}

async function ask(): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Folder of Checkpoints",
    openLabel: "Show Trajectory",
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen ?? [];
}
