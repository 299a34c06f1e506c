import { spawn, type ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import type { Remaking } from "../protocol/results-panel";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import type { Scheduling } from "./scheduling";
import type { WorkspaceExperiment } from "./workspace-experiment";

/** Characters of what a process says that are kept: its last words. */
const mostWords = 2000;

/**
 * Computes results anew that another version has written, in a process of its own: nothing is trained, but weights are
 * read again and maps made. Each experiment's once, until somebody asks again.
 */
export class ResultsMaker extends Disposables {
  private readonly changed = this.add(new vscode.EventEmitter<WorkspaceExperiment>());
  /** What is being done about an experiment's results has changed. */
  readonly onDidChange = this.changed.event;
  private readonly states = new Map<WorkspaceExperiment, Remaking>();
  private readonly children = new Set<ChildProcess>();

  constructor(
    private readonly store: ExperimentStore,
    private readonly scheduling: Scheduling,
  ) {
    super();
  }

  /** Null where nothing is done, and nothing has failed. */
  stateOf(experiment: WorkspaceExperiment): Remaking | null {
    return experiment.outdated ? (this.states.get(experiment) ?? null) : null;
  }

  /** Begins where results are outdated and nobody is at it. One that failed is tried again only where that is asked for. */
  makeIfOutdated(experiment: WorkspaceExperiment, again = false): void {
    const state = this.states.get(experiment)?.state;
    if (!experiment.outdated || experiment.alive || state === "working") return;
    if (state === "failed" && !again) return;
    void this.make(experiment);
  }

  override dispose(): void {
    for (const child of this.children) child.kill();
    super.dispose();
  }

  private async make(experiment: WorkspaceExperiment): Promise<void> {
    // It reads whatever checkpoints lie there, without the time limit that opened ones have.
    if (!vscode.workspace.isTrusted) {
      const message = "Results are computed anew where the workspace is trusted.";
      this.set(experiment, { state: "failed", message });
      return;
    }
    this.set(experiment, { state: "working" });
    const title = `Computing the results of ${experiment.name} anew`;
    const problem = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title },
      () => this.report(experiment).catch((error: unknown) => String(error)),
    );
    await this.store.refresh(experiment);
    this.set(experiment, problem === null ? null : { state: "failed", message: problem });
  }

  private set(experiment: WorkspaceExperiment, state: Remaking | null): void {
    if (state) this.states.set(experiment, state);
    else this.states.delete(experiment);
    this.changed.fire(experiment);
  }

  /** Has the command line compute the results; null, or what went wrong in its words. */
  private async report({ directory }: WorkspaceExperiment): Promise<string | null> {
    const cli = await this.scheduling.cli();
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [cli, "report", directory.root], {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
        windowsHide: true,
      });
      this.children.add(child);
      let words = "";
      child.stderr.on("data", (text: Buffer) => {
        words = (words + text.toString("utf8")).slice(-mostWords);
      });
      child.on("error", ({ message }) => {
        this.children.delete(child);
        resolve(message);
      });
      child.on("close", (code) => {
        this.children.delete(child);
        resolve(code === 0 ? null : words.trim() || "It ended without a word.");
      });
    });
  }
}
