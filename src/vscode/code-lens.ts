import * as vscode from "vscode";
import { describeResults, describeSnapshot, phaseOf } from "./describe";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import type { WorkspaceExperiment } from "./workspace-experiment";

const settledMs = 1000;

/** Run, Resume, Cancel and Show Results above an experiment file, with its last result beside them. */
export class ExperimentLenses extends Disposables implements vscode.CodeLensProvider {
  private readonly changed = this.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly store: ExperimentStore) {
    super();
    this.add(vscode.languages.registerCodeLensProvider({ pattern: "**/*.odometer.json" }, this));
    // A change while the editor still takes in the one before can be lost: say it once more when all is quiet.
    let again: NodeJS.Timeout | undefined;
    this.add(
      store.onDidChange(() => {
        this.changed.fire();
        clearTimeout(again);
        again = setTimeout(() => {
          this.changed.fire();
        }, settledMs);
      }),
    );
    this.add({
      dispose: () => {
        clearTimeout(again);
      },
    });
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (document.uri.scheme !== "file") return [];
    const experiment = this.store.get(document.uri);
    const top = new vscode.Range(0, 0, 0, 0);
    return lensCommands(experiment).map(
      (command) => new vscode.CodeLens(top, { ...command, arguments: [document.uri] }),
    );
  }
}

function lensCommands(experiment: WorkspaceExperiment): vscode.Command[] {
  const { snapshot, results } = experiment;
  const phase = phaseOf(experiment);
  const commands: vscode.Command[] = [];
  if (phase === "new") commands.push({ title: "$(play) Run", command: "weightOdometer.run" });
  if (phase === "stopped")
    commands.push({ title: "$(debug-continue) Resume", command: "weightOdometer.run" });
  if (phase === "done")
    commands.push({
      title: "$(play) Run",
      command: "weightOdometer.run",
      tooltip: "All runs are finished; computes the results again.",
    });
  if (phase === "training" || phase === "paused")
    commands.push({ title: "$(stop-circle) Cancel", command: "weightOdometer.cancel" });
  if (snapshot || results)
    commands.push({
      title: "$(graph-scatter) Show results",
      command: "weightOdometer.showResults",
    });
  const said =
    experiment.alive && snapshot
      ? describeSnapshot(snapshot)
      : results && results.runs > 0
        ? describeResults(results)
        : null;
  if (said !== null) commands.push({ title: said, command: "weightOdometer.showResults" });
  return commands;
}
