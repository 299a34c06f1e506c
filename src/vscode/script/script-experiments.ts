import path from "node:path";
import * as vscode from "vscode";
import { resolveCommand } from "../../experiment/command/script";
import { isBuiltIn } from "../../experiment/experiment";
import { Disposables } from "../disposables";
import type { ExperimentStore } from "../experiment-store";
import type { WorkspaceExperiment } from "../workspace-experiment";

/** Which experiments of the workspace run a script. */
export class ScriptExperiments extends Disposables {
  private readonly changeEmitter = this.add(new vscode.EventEmitter<void>());
  /** An experiment changed, or what it runs. */
  readonly onDidChange = this.changeEmitter.event;
  private readonly scripts = new Map<WorkspaceExperiment, FoundScript>();

  constructor(private readonly store: ExperimentStore) {
    super();
    this.add(store.onDidChange((experiment) => void this.look(experiment)));
    void this.look(undefined);
  }

  /** Experiments that run the script of this path. */
  of(script: string): readonly WorkspaceExperiment[] {
    return this.store.all.filter((experiment) => this.scripts.get(experiment)?.script === script);
  }

  /** Every script that an experiment runs, once. */
  get all(): readonly string[] {
    const named = this.store.all.map((experiment) => this.scripts.get(experiment)?.script ?? null);
    return [...new Set(named.filter((script) => script !== null))];
  }

  private async look(experiment: WorkspaceExperiment | undefined): Promise<void> {
    for (const one of experiment ? [experiment] : this.store.all) {
      const { file } = one;
      const known = this.scripts.get(one);
      // A training under way changes its experiment several times a second, but not its file.
      if (known?.file !== file || known.script === null)
        this.scripts.set(one, { file, script: await scriptOf(one) });
    }
    this.changeEmitter.fire();
  }
}

/** The script that a file's command runs, as the file was when it was looked for. */
interface FoundScript {
  readonly file: WorkspaceExperiment["file"];
  readonly script: string | null;
}

/** Path of the script that an experiment's command runs; null where it runs none, or one that is not there. */
async function scriptOf({ file, uri }: WorkspaceExperiment): Promise<string | null> {
  if (!file?.ok || isBuiltIn(file.experiment.train)) return null;
  try {
    const command = await resolveCommand(file.experiment.train, path.dirname(uri.fsPath));
    const { workingDirectory, script } = command;
    return script === undefined ? null : path.resolve(workingDirectory ?? "", script);
  } catch {
    return null;
  }
}
