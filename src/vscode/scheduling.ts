import * as vscode from "vscode";
import { makeRequest, withdrawRequest } from "../runner/requests";
import { startDetached } from "../runner/start-detached";
import { prepareRuntime } from "./runtime";
import { SubmissionMemory } from "./submission-memory";
import type { WorkspaceExperiment } from "./workspace-experiment";

/** Starts, pauses and cancels schedulers: processes of their own that outlive this window. */
export class Scheduling {
  private runtime: Promise<string> | null = null;

  /** What this user sent to a cluster from here. */
  readonly submissions: SubmissionMemory;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.submissions = new SubmissionMemory(context.globalState);
  }

  /** The command line's bundle, from a copy that an update leaves alone. */
  cli(): Promise<string> {
    const { extensionUri, globalStorageUri } = this.context;
    this.runtime ??= prepareRuntime(extensionUri.fsPath, globalStorageUri.fsPath).catch(
      (error: unknown) => {
        this.runtime = null;
        throw error;
      },
    );
    return this.runtime;
  }

  /** Arguments of the command line's `run` for an experiment, after the user's settings. */
  runArguments(
    experiment: Pick<WorkspaceExperiment, "uri" | "directory" | "file">,
  ): readonly string[] {
    const settings = vscode.workspace.getConfiguration("weightOdometer", experiment.uri);
    const jobs = settings.get<number>("parallelRuns", 0);
    const threads = settings.get<number>("threadsPerRun", 0);
    const gpus = settings.get<readonly string[]>("gpus", []);
    const data = settings.get<string>("dataDirectory", "");
    const cache = settings.get<number>("imageCacheGigabytes");
    return [
      experiment.uri.fsPath,
      ...["--out", experiment.directory.root, "--ask"],
      ...(this.usesSlurm(experiment)
        ? []
        : [
            ...(jobs > 0 ? ["--jobs", String(jobs)] : []),
            ...(threads > 0 ? ["--threads", String(threads)] : []),
            ...(gpus.length > 0 ? ["--gpus", gpus.join(",")] : []),
          ]),
      ...(data === "" ? [] : ["--data", data]),
      ...(cache === undefined ? [] : ["--image-cache", String(cache)]),
      ...(this.usesSlurm(experiment)
        ? ["--runner-settings", JSON.stringify({ ...settings.get<object>("slurm"), kind: "slurm" })]
        : []),
    ];
  }

  /** The experiment file has its word before the setting. */
  private usesSlurm({ uri, file }: Pick<WorkspaceExperiment, "uri" | "file">): boolean {
    const setting = vscode.workspace.getConfiguration("weightOdometer", uri).get<string>("runner");
    const asked = file?.ok ? file.experiment.runner : undefined;
    return ((typeof asked === "object" ? asked.kind : asked) ?? setting) === "slurm";
  }

  /** @throws Error with the scheduler's own words where it cannot start */
  async start(experiment: WorkspaceExperiment): Promise<void> {
    await this.submissions.note(experiment.directory.root, this.usesSlurm(experiment));
    await startDetached(await this.cli(), this.runArguments(experiment), experiment.directory);
  }

  async cancel({ directory }: WorkspaceExperiment): Promise<void> {
    await makeRequest(directory, "cancel");
  }

  async pause({ directory }: WorkspaceExperiment): Promise<void> {
    await makeRequest(directory, "pause");
  }

  /** Answers a scheduler that asks whether to go on without room for all runs. */
  async answer(
    { directory }: WorkspaceExperiment,
    request: "fill-disk" | "keep-final",
  ): Promise<void> {
    await makeRequest(directory, request);
  }

  async continue({ directory }: WorkspaceExperiment): Promise<void> {
    await withdrawRequest(directory, "pause");
  }
}
