import * as vscode from "vscode";
import { csv } from "../../comparison/csv";
import { readPanelBundle } from "../../html/panel-report";
import type { TrajectoryView } from "../../protocol/trajectory-panel";
import { trajectoryRows } from "../../trajectory/csv-rows";
import { trajectoryHtml } from "../../trajectory/html-report";
import { saveExport } from "../comparison/save-export";

/** Saves every checkpoint's distances, in total and by tensor; nothing where there are none yet. */
export async function exportTrajectoryCsv(
  beside: vscode.Uri,
  { trajectory }: TrajectoryView,
): Promise<void> {
  if (!trajectory) return;
  await saveExport(beside, "trajectory", { title: "Export CSV", extension: "csv" }, () =>
    csv(trajectoryRows(trajectory)),
  );
}

/** Saves what the panel shows as one HTML file; nothing where there is nothing yet. */
export async function exportTrajectoryHtml(
  beside: vscode.Uri,
  view: TrajectoryView,
  extensionUri: vscode.Uri,
): Promise<void> {
  if (!view.trajectory) return;
  await saveExport(beside, "trajectory", { title: "Export HTML", extension: "html" }, async () => {
    const programs = vscode.Uri.joinPath(extensionUri, "dist").fsPath;
    return trajectoryHtml(view, await readPanelBundle(programs, "trajectory"));
  });
}
