import * as vscode from "vscode";
import type { ComparisonPanels } from "./comparison-panels";
import { askForCheckpoint, checkpointInSight } from "./choose-checkpoint";
import { inOrder } from "./in-order";

/** Registers the commands that compare checkpoints; from menus they are given the file, and all that are selected. */
export function registerComparisonCommands(panels: ComparisonPanels): vscode.Disposable {
  let selected: vscode.Uri | null = null;
  const select = async (target?: vscode.Uri): Promise<void> => {
    const uri = target ?? checkpointInSight() ?? (await askForCheckpoint("Select for Comparison"));
    if (!uri) return;
    selected = uri;
    await vscode.commands.executeCommand("setContext", "weightOdometer.comparisonSelected", true);
    const name = vscode.workspace.asRelativePath(uri);
    vscode.window.setStatusBarMessage(`Selected for weight comparison: ${name}`, 5000);
  };
  const withSelected = async (target?: vscode.Uri): Promise<void> => {
    const a = selected ?? (await askForCheckpoint("Compare Weights: From"));
    if (!a) return;
    const b = target ?? checkpointInSight() ?? (await askForCheckpoint("Compare Weights: To"));
    if (b) panels.open(a, b);
  };
  const compare = async (_?: vscode.Uri, all: readonly vscode.Uri[] = []): Promise<void> => {
    if (all.length === 2) {
      panels.open(...(await inOrder(all[0], all[1])));
      return;
    }
    const a = await askForCheckpoint("Compare Weights: From");
    const b = a && (await askForCheckpoint("Compare Weights: To"));
    if (b) panels.open(a, b);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand("weightOdometer.selectForComparison", select),
    vscode.commands.registerCommand("weightOdometer.compareWithSelected", withSelected),
    vscode.commands.registerCommand("weightOdometer.compare", compare),
  );
}
