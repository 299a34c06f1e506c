import * as vscode from "vscode";

/** The checkpoint that the active editor shows. */
export function checkpointInSight(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType.startsWith("weightOdometer.")
    ? input.uri
    : undefined;
}

/** Asks for a file. */
export async function askForCheckpoint(title: string): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showOpenDialog({ title, openLabel: "Select" }))?.[0];
}
