import path from "node:path";
import * as vscode from "vscode";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import type { Scheduling } from "./scheduling";

const type = "weight-odometer";

/**
 * Tasks that run an experiment and follow it in their terminal. The training itself runs in the background:
 * ending the task stops following only.
 */
export class ExperimentTasks extends Disposables implements vscode.TaskProvider {
  constructor(
    private readonly store: ExperimentStore,
    private readonly scheduling: Scheduling,
  ) {
    super();
    this.add(vscode.tasks.registerTaskProvider(type, this));
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const tasks = this.store.all.map(async ({ uri }) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (!folder) return undefined;
      const experiment = path.relative(folder.uri.fsPath, uri.fsPath).split(path.sep).join("/");
      return this.task({ type, experiment }, folder);
    });
    return (await Promise.all(tasks)).filter((task) => task !== undefined);
  }

  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    const { scope, definition } = task;
    const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
    return folder && typeof definition["experiment"] === "string"
      ? this.task(definition, folder)
      : undefined;
  }

  private async task(
    definition: vscode.TaskDefinition,
    folder: vscode.WorkspaceFolder,
  ): Promise<vscode.Task> {
    const file = String(definition["experiment"]);
    const experiment = this.store.get(vscode.Uri.joinPath(folder.uri, file));
    const command = [
      await this.scheduling.cli(),
      "run",
      ...this.scheduling.runArguments(experiment),
      "--detach",
    ];
    const execution = new vscode.ProcessExecution(process.execPath, command, {
      cwd: folder.uri.fsPath,
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
    const task = new vscode.Task(definition, folder, `run ${file}`, type, execution, []);
    task.detail = "Train every run of this experiment that is not finished yet";
    return task;
  }
}
