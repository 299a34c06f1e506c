import * as vscode from "vscode";
import { describeSnapshot } from "./describe";
import type { ExperimentStore } from "./experiment-store";
import { shareOfAll } from "../words/run-progress";
import type { Scheduling } from "./scheduling";
import type { WorkspaceExperiment } from "./workspace-experiment";

/** Shows a training's progress as a notification, with Cancel, until it ends; then says how it ended. */
export async function showProgress(
  experiment: WorkspaceExperiment,
  store: ExperimentStore,
  scheduling: Scheduling,
): Promise<void> {
  const title = `Training ${experiment.name}`;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => void scheduling.cancel(experiment));
      let shown = 0;
      const show = () => {
        if (!experiment.snapshot) return;
        const percent = percentDone(experiment);
        progress.report({
          message: describeSnapshot(experiment.snapshot),
          increment: Math.max(0, percent - shown),
        });
        shown = Math.max(shown, percent);
      };
      show();
      await new Promise<void>((resolve) => {
        const listener = store.onDidChange((changed) => {
          if (changed !== experiment) return;
          show();
          if (experiment.alive) return;
          listener.dispose();
          resolve();
        });
        if (!experiment.alive) {
          listener.dispose();
          resolve();
        }
      });
    },
  );
  sayHowItEnded(experiment);
}

function percentDone({ snapshot }: WorkspaceExperiment): number {
  return snapshot ? 100 * shareOfAll(snapshot) : 0;
}

function sayHowItEnded({ name, snapshot }: WorkspaceExperiment): void {
  if (snapshot?.state === "failed")
    void vscode.window.showErrorMessage(`${name}: ${snapshot.message ?? "the training failed."}`);
  else if (snapshot?.state !== "done" && snapshot?.state !== "cancelled")
    void vscode.window.showWarningMessage(
      `${name}: the training stopped before its end. Resume goes on where it stopped.`,
    );
}
