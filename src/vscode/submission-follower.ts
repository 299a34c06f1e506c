import * as vscode from "vscode";
import { isRequested } from "../runner/requests";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import type { Scheduling } from "./scheduling";
import type { WorkspaceExperiment } from "./workspace-experiment";

/**
 * Goes on with what was left to a cluster: after a restart of the machine nobody follows its tasks. Only what this user
 * submitted from here and did not pause, and in a trusted workspace; anything else waits for a click on Resume. Once in a
 * session for each.
 */
export class SubmissionFollower extends Disposables {
  private readonly tried = new Set<string>();

  constructor(
    store: ExperimentStore,
    private readonly scheduling: Scheduling,
  ) {
    super();
    this.add(
      store.onDidChange((experiment) => {
        if (experiment) void this.look(experiment);
      }),
    );
  }

  private async look(experiment: WorkspaceExperiment): Promise<void> {
    const { directory, alive, submitted, file } = experiment;
    if (alive || !submitted || file?.ok !== true || this.tried.has(directory.root)) return;
    if (!vscode.workspace.isTrusted || !this.scheduling.submissions.has(directory.root)) return;
    this.tried.add(directory.root);
    if (await isRequested(directory, "pause")) return;
    try {
      await this.scheduling.start(experiment);
    } catch (error) {
      void vscode.window.showWarningMessage(`${experiment.name}: ${(error as Error).message}`);
    }
  }
}
