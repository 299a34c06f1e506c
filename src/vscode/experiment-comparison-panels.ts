import path from "node:path";
import * as vscode from "vscode";
import { compareExperiments } from "../experiment/compare-experiments";
import { experimentComparisonHtml } from "../experiment/comparison-html-report";
import { readPanelBundle } from "../html/panel-report";
import type {
  ExperimentComparison,
  FromExperimentComparison,
  ToExperimentComparison,
} from "../protocol/experiment-comparison";
import { saveExport } from "./comparison/save-export";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import { webviewHtml } from "./webview-html";
import type { WorkspaceExperiment } from "./workspace-experiment";

/** Experiments side by side (Tables 2 and 3): a panel for each choice of them, which follows their results. */
export class ExperimentComparisonPanels extends Disposables {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: ExperimentStore,
  ) {
    super();
    this.add(
      vscode.commands.registerCommand("weightOdometer.compareExperiments", () => this.choose()),
    );
  }

  override dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
    super.dispose();
  }

  private async choose(): Promise<void> {
    const items = this.store.all
      .filter((experiment) => comparable(experiment))
      .map((experiment) => ({
        label: experiment.name,
        description: vscode.workspace.asRelativePath(experiment.uri),
        experiment,
      }));
    if (items.length < 2) {
      void vscode.window.showInformationMessage("A comparison needs two experiments with results.");
      return;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      canPickMany: true,
      placeHolder: "Experiments to compare, two or more",
    });
    if (chosen && chosen.length > 1) this.open(chosen.map(({ experiment }) => experiment));
  }

  private open(experiments: readonly WorkspaceExperiment[]): void {
    const key = experiments.map(({ uri }) => uri.toString()).join("\n");
    const open = this.panels.get(key);
    if (open) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      "weightOdometer.experimentComparison",
      "Compared experiments",
      vscode.ViewColumn.Active,
    );
    this.panels.set(key, panel);
    const show = async () => {
      const comparison = comparisonOf(experiments);
      const message: ToExperimentComparison = { type: "view", view: { comparison } };
      await panel.webview.postMessage(message);
    };
    const following = this.store.onDidChange((changed) => {
      if (changed && experiments.includes(changed) && experiments.every(comparable)) void show();
    });
    panel.onDidDispose(() => {
      following.dispose();
      this.panels.delete(key);
    });
    const bundles = vscode.Uri.joinPath(this.extensionUri, "dist", "webview");
    panel.webview.onDidReceiveMessage((message: FromExperimentComparison) => {
      if (message.type === "ready") void show();
      else
        void saveExport(
          experiments[0].uri,
          "compared",
          { title: "Export HTML", extension: "html" },
          async () =>
            experimentComparisonHtml(
              comparisonOf(experiments),
              await readPanelBundle(path.join(this.extensionUri.fsPath, "dist"), "experiments"),
            ),
        );
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [bundles] };
    panel.webview.html = webviewHtml(panel.webview, bundles, "experiments");
  }
}

/** Whether there is a finished run to compare by. */
function comparable({ file, results }: WorkspaceExperiment): boolean {
  return file?.ok === true && results !== null && results.runs > 0;
}

function comparisonOf(experiments: readonly WorkspaceExperiment[]): ExperimentComparison {
  return compareExperiments(
    experiments.flatMap(({ file, results, directory }) =>
      file?.ok && results
        ? [{ directory: directory.root, experiment: file.experiment, results }]
        : [],
    ),
  );
}
