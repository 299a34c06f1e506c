import * as vscode from "vscode";
import type { FromResultsPanel, ResultsPanelView, ToResultsPanel } from "../protocol/results-panel";
import { readStates } from "../experiment/run-states";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import type { ResultsMaker } from "./results-maker";
import { showOutput } from "./run-output";
import { webviewHtml } from "./webview-html";
import type { WorkspaceExperiment } from "./workspace-experiment";

const viewType = "weightOdometer.results";

const actionCommands: Readonly<
  Record<Exclude<Extract<FromResultsPanel, { type: "action" }>["action"], "remake">, string>
> = {
  run: "weightOdometer.run",
  pause: "weightOdometer.pause",
  resume: "weightOdometer.continue",
  cancel: "weightOdometer.cancel",
  openFile: "vscode.open",
  exportReport: "weightOdometer.exportReport",
};

/** One results panel an experiment; each is restored after a reload of the window. */
export class ResultsPanels extends Disposables implements vscode.WebviewPanelSerializer {
  private readonly panels = new Map<WorkspaceExperiment, vscode.WebviewPanel>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: ExperimentStore,
    private readonly maker: ResultsMaker,
  ) {
    super();
    this.add(vscode.window.registerWebviewPanelSerializer(viewType, this));
    const showOpen = (experiment: WorkspaceExperiment | undefined): void => {
      const panel = experiment && this.panels.get(experiment);
      if (panel) void this.show(panel, experiment);
    };
    this.add(store.onDidChange(showOpen));
    this.add(maker.onDidChange(showOpen));
  }

  open(experiment: WorkspaceExperiment): void {
    const open = this.panels.get(experiment);
    if (open) {
      open.reveal();
      return;
    }
    const column = vscode.window.activeTextEditor
      ? vscode.ViewColumn.Beside
      : vscode.ViewColumn.Active;
    this.attach(vscode.window.createWebviewPanel(viewType, "", column), experiment);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri = (state as { experiment?: unknown } | null)?.experiment;
    if (typeof uri !== "string") {
      panel.dispose();
      return;
    }
    const experiment = this.store.get(vscode.Uri.parse(uri));
    await this.store.refresh(experiment);
    this.attach(panel, experiment);
  }

  /** The experiment whose panel has the focus. */
  get active(): WorkspaceExperiment | undefined {
    return [...this.panels].find(([, panel]) => panel.active)?.[0];
  }

  override dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
    super.dispose();
  }

  private attach(panel: vscode.WebviewPanel, experiment: WorkspaceExperiment): void {
    this.panels.set(experiment, panel);
    panel.onDidDispose(() => this.panels.delete(experiment));
    panel.webview.onDidReceiveMessage((message: FromResultsPanel) => {
      if (message.type === "ready") void this.show(panel, experiment);
      else if (message.type === "showRun") void showRun(experiment, message.key);
      else if (message.type === "showOutput") void showOutputOf(experiment, message.run);
      else if (message.action === "remake") this.maker.makeIfOutdated(experiment, true);
      else void vscode.commands.executeCommand(actionCommands[message.action], experiment.uri);
    });
    const bundles = vscode.Uri.joinPath(this.extensionUri, "dist", "webview");
    panel.webview.options = { enableScripts: true, localResourceRoots: [bundles] };
    panel.webview.html = webviewHtml(panel.webview, bundles, "results");
  }

  private async show(panel: vscode.WebviewPanel, experiment: WorkspaceExperiment): Promise<void> {
    this.maker.makeIfOutdated(experiment);
    const { name, results, snapshot, alive, uri } = experiment;
    panel.title = `${name}: results`;
    const view: ResultsPanelView = {
      experiment: uri.toString(),
      name,
      results,
      live: snapshot,
      alive,
      remaking: this.maker.stateOf(experiment),
    };
    await panel.webview.postMessage({ type: "view", view } satisfies ToResultsPanel);
  }
}

/** Shows what a run has printed, as far as it is; an index of no run is passed over. */
async function showOutputOf(experiment: WorkspaceExperiment, run: number): Promise<void> {
  const { snapshot, results, directory } = experiment;
  const known = [...(snapshot?.runs ?? []), ...(results?.runResults ?? [])];
  const found = known.find((one) => one.run === run && one.key !== "");
  if (found) await showOutput(directory, found);
}

/** Shows the final weights of a run in the Explorer, beside its other checkpoints; a key of no run is passed over. */
async function showRun({ results, directory }: WorkspaceExperiment, key: string): Promise<void> {
  if (!results?.runResults.some((run) => run.key === key)) return;
  const { final } = await readStates(directory, key);
  await vscode.commands.executeCommand("revealInExplorer", vscode.Uri.file(final.file));
}
