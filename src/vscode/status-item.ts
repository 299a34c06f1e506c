import * as vscode from "vscode";
import { describeSnapshot } from "./describe";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";

/** Status bar: what is being trained now; a click opens its results. */
export class StatusItem extends Disposables {
  private readonly item = this.add(
    vscode.window.createStatusBarItem("weightOdometer.training", vscode.StatusBarAlignment.Left),
  );

  constructor(private readonly store: ExperimentStore) {
    super();
    this.item.name = "Weight Odometer";
    this.add(
      store.onDidChange(() => {
        this.show();
      }),
    );
  }

  private show(): void {
    const training = this.store.all.filter(({ alive }) => alive);
    const first = training.at(0);
    if (!first?.snapshot) {
      this.item.hide();
      return;
    }
    this.item.text =
      training.length === 1
        ? `$(loading~spin) ${describeSnapshot(first.snapshot)}`
        : `$(loading~spin) ${training.length} experiments`;
    this.item.tooltip = [first.snapshot.place, `${first.name}: show results`]
      .filter((line) => line !== null)
      .join("\n");
    this.item.command = {
      title: "Show Results",
      command: "weightOdometer.showResults",
      arguments: [first.uri],
    };
    this.item.show();
  }
}
