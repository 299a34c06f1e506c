import * as vscode from "vscode";
import { csv } from "../../comparison/csv";
import { comparisonRows } from "../../comparison/csv-rows";
import { comparisonHtml } from "../../comparison/html-report";
import { readPanelBundle } from "../../html/panel-report";
import type { ComparisonView } from "../../protocol/comparison-panel";
import { saveExport } from "./save-export";

/** Saves every tensor's figures; nothing where there are none yet. */
export async function exportComparisonCsv(
  beside: vscode.Uri,
  { comparison }: ComparisonView,
): Promise<void> {
  if (!comparison) return;
  await saveExport(beside, "comparison", { title: "Export CSV", extension: "csv" }, () =>
    csv(comparisonRows(comparison)),
  );
}

/** Saves what the panel shows as one HTML file; nothing where there is nothing yet. */
export async function exportComparisonHtml(
  beside: vscode.Uri,
  view: ComparisonView,
  extensionUri: vscode.Uri,
): Promise<void> {
  if (!view.comparison) return;
  await saveExport(beside, "comparison", { title: "Export HTML", extension: "html" }, async () => {
    const programs = vscode.Uri.joinPath(extensionUri, "dist").fsPath;
    return comparisonHtml(view, await readPanelBundle(programs, "comparison"));
  });
}
