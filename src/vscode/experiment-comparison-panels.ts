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
import type { ResultsMaker } from "./results-maker";
import { webviewHtml } from "./webview-html";
import type { WorkspaceExperiment } from "./workspace-experiment";

const viewType = "weightOdometer.experimentComparison";

/**
 * Experiments side by side (Tables 2 and 3): a panel for each choice of them, which follows their results and is restored
 * after a reload of the window.
 */
export class ExperimentComparisonPanels
  extends Disposables
  implements vscode.WebviewPanelSerializer
{
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: ExperimentStore,
    private readonly maker: ResultsMaker,
  ) {
    super();
    this.add(vscode.window.registerWebviewPanelSerializer(viewType, this));
    this.add(
      vscode.commands.registerCommand("weightOdometer.compareExperiments", () => this.choose()),
    );
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const experiments = urisOf(state).map((uri) => this.store.get(uri));
    for (const experiment of experiments) await this.store.refresh(experiment);
    // Files may have been deleted since.
    if (experiments.filter(({ file }) => file?.ok).length > 1) this.attach(panel, experiments);
    else panel.dispose();
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
    const open = this.panels.get(keyOf(experiments));
    if (open) {
      open.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    this.attach(
      vscode.window.createWebviewPanel(viewType, "Compared experiments", column),
      experiments,
    );
  }

  private attach(panel: vscode.WebviewPanel, experiments: readonly WorkspaceExperiment[]): void {
    const key = keyOf(experiments);
    this.panels.set(key, panel);
    const show = async () => {
      for (const experiment of experiments) this.maker.makeIfOutdated(experiment);
      if (!experiments.every(comparable)) return;
      const comparison = comparisonOf(experiments);
      const uris = experiments.map(({ uri }) => uri.toString());
      const message: ToExperimentComparison = {
        type: "view",
        view: { experiments: uris, comparison },
      };
      await panel.webview.postMessage(message);
    };
    const following = this.store.onDidChange((changed) => {
      if (changed && experiments.includes(changed)) void show();
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

function keyOf(experiments: readonly WorkspaceExperiment[]): string {
  return experiments.map(({ uri }) => uri.toString()).join("\n");
}

/** What a panel's page has kept in its state; nothing where that makes no sense. */
function urisOf(state: unknown): readonly vscode.Uri[] {
  const { experiments } = (state ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(experiments)) return [];
  return experiments.filter((uri) => typeof uri === "string").map((uri) => vscode.Uri.parse(uri));
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
