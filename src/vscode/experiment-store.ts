import * as vscode from "vscode";
import { Disposables } from "./disposables";
import { WorkspaceExperiment } from "./workspace-experiment";

const pattern = "**/*.odometer.json";
const pollWhileTrainingMs = 400;
const pollIdleMs = 2000;

/** The workspace's experiments, kept up to date from their files; results directories are polled, not watched. */
export class ExperimentStore extends Disposables {
  private readonly changeEmitter = this.add(
    new vscode.EventEmitter<WorkspaceExperiment | undefined>(),
  );
  /** One experiment changed, or (undefined) the list of them. */
  readonly onDidChange = this.changeEmitter.event;
  private readonly byPath = new Map<string, WorkspaceExperiment>();
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  get all(): readonly WorkspaceExperiment[] {
    return [...this.byPath.values()].sort((a, b) => (a.uri.fsPath < b.uri.fsPath ? -1 : 1));
  }

  /** The experiment of a file; taken into the list where it is not there yet. */
  get(uri: vscode.Uri): WorkspaceExperiment {
    const known = this.byPath.get(uri.fsPath);
    if (known) return known;
    const experiment = new WorkspaceExperiment(uri);
    this.byPath.set(uri.fsPath, experiment);
    this.changeEmitter.fire(undefined);
    void this.refresh(experiment);
    return experiment;
  }

  async start(): Promise<void> {
    const watcher = this.add(vscode.workspace.createFileSystemWatcher(pattern));
    this.add(watcher.onDidCreate((uri) => this.get(uri)));
    this.add(watcher.onDidChange((uri) => void this.refresh(this.get(uri))));
    this.add(
      watcher.onDidDelete((uri) => {
        if (this.byPath.delete(uri.fsPath)) this.changeEmitter.fire(undefined);
      }),
    );
    for (const uri of await vscode.workspace.findFiles(
      pattern,
      "**/{node_modules,.weight-odometer}/**",
    ))
      this.get(uri);
    await this.poll();
  }

  /** Looks at an experiment's files now. */
  async refresh(experiment: WorkspaceExperiment): Promise<void> {
    if (await experiment.refresh()) this.changeEmitter.fire(experiment);
  }

  override dispose(): void {
    this.ended = true;
    clearTimeout(this.timer);
    super.dispose();
  }

  private async poll(): Promise<void> {
    for (const experiment of this.all) await this.refresh(experiment);
    if (this.ended) return;
    const delay = this.all.some(({ alive }) => alive) ? pollWhileTrainingMs : pollIdleMs;
    this.timer = setTimeout(() => void this.poll(), delay);
  }
}
