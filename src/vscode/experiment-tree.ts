import * as vscode from "vscode";
import type { LiveRun } from "../protocol/live";
import { describeResults, describeSnapshot, phaseOf, type ExperimentPhase } from "./describe";
import { progressText } from "../words/run-progress";
import { basisText, runTimes, runTimeText, type RunTime } from "../words/run-time";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import type { WorkspaceExperiment } from "./workspace-experiment";

export type Node =
  | { readonly kind: "experiment"; readonly experiment: WorkspaceExperiment }
  | {
      readonly kind: "run";
      readonly experiment: WorkspaceExperiment;
      readonly run: LiveRun;
      /** Of a command under way. */
      readonly time: RunTime | null;
    };

/** The activity bar's list: experiments, and under each its runs with their state. */
export class ExperimentTree extends Disposables implements vscode.TreeDataProvider<Node> {
  private readonly changed = this.add(new vscode.EventEmitter<Node | undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  private readonly nodes = new Map<WorkspaceExperiment, Node>();

  constructor(private readonly store: ExperimentStore) {
    super();
    this.add(
      vscode.window.createTreeView("weightOdometer.experiments", {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    this.add(
      store.onDidChange((experiment) => {
        this.changed.fire(experiment && this.nodes.get(experiment));
      }),
    );
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.store.all.map((experiment) => this.nodeOf(experiment));
    if (node.kind === "run") return [];
    const { experiment } = node;
    const { snapshot } = experiment;
    if (!snapshot) return [];
    const timeOf = runTimes(snapshot);
    return snapshot.runs.map((run) => ({ kind: "run", experiment, run, time: timeOf(run) }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === "experiment"
      ? experimentItem(node.experiment)
      : runItem(node.run, node.time);
  }

  private nodeOf(experiment: WorkspaceExperiment): Node {
    const node = this.nodes.get(experiment) ?? { kind: "experiment", experiment };
    this.nodes.set(experiment, node);
    return node;
  }
}

const phaseIcons: Readonly<Record<ExperimentPhase, vscode.ThemeIcon>> = {
  new: new vscode.ThemeIcon("beaker"),
  training: new vscode.ThemeIcon("loading~spin"),
  paused: new vscode.ThemeIcon("debug-pause"),
  stopped: new vscode.ThemeIcon("circle-slash"),
  done: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
};

function experimentItem(experiment: WorkspaceExperiment): vscode.TreeItem {
  const { uri, snapshot, results, name } = experiment;
  const phase = phaseOf(experiment);
  const state = snapshot
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(name, state);
  item.id = uri.toString();
  item.resourceUri = uri;
  item.iconPath =
    snapshot?.state === "failed" && phase === "stopped" ? failedIcon : phaseIcons[phase];
  item.description =
    experiment.alive && snapshot
      ? describeSnapshot(snapshot)
      : experiment.submitted
        ? "left to Slurm: Resume follows it"
        : results && results.runs > 0
          ? describeResults(results)
          : phase === "new"
            ? "not run yet"
            : phase;
  item.tooltip =
    snapshot?.message ??
    (experiment.alive ? snapshot?.place : null) ??
    `${vscode.workspace.asRelativePath(uri)}: ${item.description}`;
  item.contextValue = `experiment.${phase}`;
  item.command = { title: "Open Experiment File", command: "vscode.open", arguments: [uri] };
  return item;
}

const failedIcon = new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed"));

function runningText(run: Extract<LiveRun, { state: "running" }>, time: RunTime | null): string {
  if (run.kind === "command")
    return time ? `${runTimeText(time)} · ${progressText(run)}` : progressText(run);
  const pace = run.imagesPerSecond === null ? "" : `, ${Math.round(run.imagesPerSecond)} images/s`;
  return `${progressText(run)}, loss ${run.loss.toPrecision(3)}${pace}`;
}

function runItem(run: LiveRun, time: RunTime | null): vscode.TreeItem {
  const item = new vscode.TreeItem(`Run ${run.run}`);
  item.contextValue = `run.${run.state}`;
  switch (run.state) {
    case "queued":
      item.iconPath = new vscode.ThemeIcon("circle-outline");
      item.description = "queued";
      break;
    case "running":
      item.iconPath = new vscode.ThemeIcon("loading~spin");
      item.description = runningText(run, time);
      if (time) item.tooltip = `${item.description}\n${basisText(time)}`;
      break;
    case "finished": {
      item.iconPath = new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
      const accuracy =
        run.testAccuracy === null ? "" : `, accuracy ${(100 * run.testAccuracy).toFixed(1)} %`;
      item.description = `distance ${run.distance === null ? "not finite" : run.distance.toPrecision(4)}${accuracy}`;
      break;
    }
    case "failed":
      item.iconPath = failedIcon;
      item.description = run.message;
      item.tooltip = run.message;
  }
  return item;
}
