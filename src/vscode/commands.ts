import path from "node:path";
import * as vscode from "vscode";
import { htmlReport } from "../experiment/html-report";
import { readPanelBundle } from "../html/panel-report";
import { labelWarning } from "../experiment/label-warning";
import { addRuns } from "./add-runs";
import { haveData } from "./download-dataset";
import type { ExperimentStore } from "./experiment-store";
import type { Node } from "./experiment-tree";
import { newExperiment } from "./new-experiment";
import { estimateOfExperiment } from "./qmcm/estimate-of-experiment";
import type { ResultsPanels } from "./results-panel";
import { showOutput } from "./run-output";
import type { RoomQuestions } from "./room-question";
import type { Scheduling } from "./scheduling";
import { showProgress } from "./training-progress";
import type { WorkspaceExperiment } from "./workspace-experiment";

/** From a CodeLens or panel an experiment's URI, from the tree its node, from the palette nothing. */
type Target = vscode.Uri | { readonly experiment: WorkspaceExperiment } | undefined;

/** Registers every palette command. */
export function registerCommands(
  extension: vscode.Uri,
  store: ExperimentStore,
  scheduling: Scheduling,
  panels: ResultsPanels,
  questions: RoomQuestions,
): vscode.Disposable {
  const onExperiment = (
    name: string,
    act: (experiment: WorkspaceExperiment) => Promise<void> | void,
  ) =>
    vscode.commands.registerCommand(`weightOdometer.${name}`, async (target: Target) => {
      const experiment = await chosen(store, panels, target);
      if (!experiment) return;
      try {
        await act(experiment);
      } catch (error) {
        await vscode.window.showErrorMessage(
          `${experiment.name}: ${error instanceof Error ? error.message : String(error)}`,
        );
      } finally {
        await store.refresh(experiment);
      }
    });
  return vscode.Disposable.from(
    onExperiment("run", (experiment) => run(experiment, store, scheduling, panels)),
    onExperiment("cancel", (experiment) => scheduling.cancel(experiment)),
    onExperiment("pause", (experiment) => scheduling.pause(experiment)),
    onExperiment("continue", async (experiment) => {
      // Where the scheduler died while it was paused, going on means starting one.
      if (!experiment.alive) return run(experiment, store, scheduling, panels);
      await scheduling.continue(experiment);
      questions.askAgain(experiment);
    }),
    onExperiment("showResults", (experiment) => {
      panels.open(experiment);
    }),
    onExperiment("addRuns", async (experiment) => {
      if (!(await addRuns(experiment))) return;
      await store.refresh(experiment);
      await run(experiment, store, scheduling, panels);
    }),
    onExperiment("exportReport", exportReport(scheduling)),
    onExperiment("estimateQmcm", (experiment) =>
      estimateOfExperiment(experiment, extension, scheduling),
    ),
    vscode.commands.registerCommand("weightOdometer.showOutput", async (node?: Node) => {
      if (node?.kind === "run") await showOutput(node.experiment.directory, node.run);
    }),
    vscode.commands.registerCommand("weightOdometer.newExperiment", () => newExperiment()),
  );
}

/** What a command is about: the experiment that it was called on, that is looked at, the only one, or the user's choice. */
async function chosen(
  store: ExperimentStore,
  panels: ResultsPanels,
  target: Target,
): Promise<WorkspaceExperiment | undefined> {
  if (target instanceof vscode.Uri) return store.get(target);
  if (target) return target.experiment;
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.path.endsWith(".odometer.json")) return store.get(open);
  if (panels.active) return panels.active;
  if (store.all.length === 1) return store.all[0];
  if (store.all.length === 0) {
    const create = "New Experiment";
    const answer = await vscode.window.showInformationMessage(
      "There is no experiment file (*.odometer.json) in this workspace.",
      create,
    );
    if (answer === create) await newExperiment();
    return undefined;
  }
  const items = store.all.map((experiment) => ({
    label: experiment.name,
    description: vscode.workspace.asRelativePath(experiment.uri),
    experiment,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: "Experiment" }))?.experiment;
}

async function run(
  experiment: WorkspaceExperiment,
  store: ExperimentStore,
  scheduling: Scheduling,
  panels: ResultsPanels,
): Promise<void> {
  if (!(await trusted())) return;
  const document = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.fsPath === experiment.uri.fsPath,
  );
  if (document?.isDirty) await document.save();
  await store.refresh(experiment);
  if (experiment.file?.ok !== true) {
    await vscode.commands.executeCommand("vscode.open", experiment.uri);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    throw new Error(experiment.file?.problems[0]?.message ?? "The file cannot be read.");
  }
  const file = experiment.file.experiment;
  if (!experiment.alive) {
    if (!(await haveData(file, experiment.name, experiment.uri))) return;
    const warning = labelWarning(file);
    if (warning !== null) void vscode.window.showWarningMessage(`${experiment.name}: ${warning}`);
    await scheduling.start(experiment);
  }
  await store.refresh(experiment);
  panels.open(experiment);
  void showProgress(experiment, store, scheduling);
}

/** Training runs programs on what the workspace says: not before somebody trusts it. */
async function trusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  const message = "Training needs a trusted workspace: an experiment is run on this machine.";
  if ((await vscode.window.showWarningMessage(message, manage)) === manage)
    await vscode.commands.executeCommand("workbench.trust.manage");
  return false;
}

function exportReport(scheduling: Scheduling) {
  return async (experiment: WorkspaceExperiment): Promise<void> => {
    const { results, name, snapshot, directory } = experiment;
    if (!results) throw new Error("There are no results yet.");
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(`${directory.root}.html`),
      filters: { HTML: ["html"] },
      title: "Export Report",
    });
    if (!target) return;
    const programs = path.dirname(await scheduling.cli());
    const view = { experiment: null, name, results, live: snapshot, alive: false };
    const html = htmlReport(view, await readPanelBundle(programs, "results"));
    await vscode.workspace.fs.writeFile(target, Buffer.from(html, "utf8"));
    const openIt = "Open";
    if (
      (await vscode.window.showInformationMessage(
        `Wrote ${vscode.workspace.asRelativePath(target)}.`,
        openIt,
      )) === openIt
    )
      await vscode.env.openExternal(target);
  };
}
