import * as vscode from "vscode";
import { registerAddPythonHelper } from "./vscode/add-python-helper";
import { CheckpointEditors } from "./vscode/checkpoint-editor/checkpoint-editors";
import { registerOpenCheckpoint } from "./vscode/checkpoint-editor/open-checkpoint";
import { ExperimentLenses } from "./vscode/code-lens";
import { registerComparisonCommands } from "./vscode/comparison/comparison-commands";
import { ComparisonPanels } from "./vscode/comparison/comparison-panels";
import { registerCommands } from "./vscode/commands";
import { registerDownloadDataset } from "./vscode/download-dataset";
import { ExperimentDiagnostics } from "./vscode/diagnostics";
import { ExperimentComparisonPanels } from "./vscode/experiment-comparison-panels";
import { ExperimentStore } from "./vscode/experiment-store";
import { ExperimentTasks } from "./vscode/experiment-tasks";
import { ExperimentTree } from "./vscode/experiment-tree";
import { ResultsMaker } from "./vscode/results-maker";
import { ResultsPanels } from "./vscode/results-panel";
import { RoomQuestions } from "./vscode/room-question";
import { Scheduling } from "./vscode/scheduling";
import { ChangedMark } from "./vscode/script/changed-mark";
import { FailureDiagnostics } from "./vscode/script/failure-diagnostics";
import { registerNewExperimentFromScript } from "./vscode/script/new-experiment-from-script";
import { ScriptExperiments } from "./vscode/script/script-experiments";
import { ScriptLenses } from "./vscode/script/script-lenses";
import { restoreQmcmPanels } from "./vscode/qmcm/qmcm-panels";
import { registerSimulation } from "./vscode/qmcm/simulate-command";
import { StatusItem } from "./vscode/status-item";
import { registerTrajectoryCommand } from "./vscode/trajectory/trajectory-command";
import { SubmissionFollower } from "./vscode/submission-follower";
import { TrajectoryPanels } from "./vscode/trajectory/trajectory-panels";

/** Wires the features to VS Code, and nothing else. */
export function activate(context: vscode.ExtensionContext): void {
  const store = new ExperimentStore();
  const scheduling = new Scheduling(context);
  const scripts = new ScriptExperiments(store);
  const questions = new RoomQuestions(store, scheduling);
  const maker = new ResultsMaker(store, scheduling);
  const panels = new ResultsPanels(context.extensionUri, store, maker);
  const comparisons = new ComparisonPanels(context.extensionUri);
  const trajectories = new TrajectoryPanels(context.extensionUri);
  context.subscriptions.push(
    store,
    maker,
    panels,
    new ExperimentDiagnostics(),
    new ExperimentLenses(store),
    new ExperimentTree(store),
    new ExperimentTasks(store, scheduling),
    new ExperimentComparisonPanels(context.extensionUri, store, maker),
    new StatusItem(store),
    questions,
    scripts,
    new ScriptLenses(scripts),
    new ChangedMark(context.extensionUri, scripts),
    new FailureDiagnostics(scripts),
    registerNewExperimentFromScript(),
    new SubmissionFollower(store, scheduling),
    new CheckpointEditors(context.extensionUri),
    registerOpenCheckpoint(),
    registerDownloadDataset(),
    registerAddPythonHelper(context.extensionUri),
    registerSimulation(context.extensionUri, scheduling),
    restoreQmcmPanels(context.extensionUri),
    comparisons,
    registerComparisonCommands(comparisons),
    trajectories,
    registerTrajectoryCommand(trajectories),
    registerCommands(context.extensionUri, store, scheduling, panels, questions),
  );
  void store.start();
}
