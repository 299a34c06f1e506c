import { readFile, stat } from "node:fs/promises";
import type * as vscode from "vscode";
import { currentlyOnDisk } from "../experiment/current-results";
import { ExperimentDirectory } from "../experiment/experiment-directory";
import { defaultOutput, experimentName } from "../experiment/experiment-name";
import { readExperiment, type ReadExperiment } from "../experiment/read-experiment";
import type { LiveSnapshot } from "../protocol/live";
import type { Results } from "../protocol/results";
import { isAtWork, readSnapshot } from "../runner/follow";
import { submissionIds } from "../runner/slurm/submission";

/** An experiment file of the workspace with what its results directory tells. */
export class WorkspaceExperiment {
  readonly directory: ExperimentDirectory;
  file: ReadExperiment | null = null;
  snapshot: LiveSnapshot | null = null;
  results: Results | null = null;
  /** Whether there are results that another version has written: they are to be made anew. */
  outdated = false;
  /** Whether a scheduler is at work on it now. */
  alive = false;
  /** Whether tasks were left to a cluster. */
  submitted = false;
  private seen = "";
  private looking: Promise<boolean> = Promise.resolve(false);

  constructor(readonly uri: vscode.Uri) {
    this.directory = new ExperimentDirectory(defaultOutput(uri.fsPath));
  }

  get name(): string {
    return experimentName(this.file?.ok ? this.file.experiment : {}, this.uri.fsPath);
  }

  /** Looks at the files again, once whoever is at it has done; true where something changed. */
  refresh(): Promise<boolean> {
    this.looking = this.looking.catch(() => false).then(() => this.look());
    return this.looking;
  }

  private async look(): Promise<boolean> {
    const alive = this.snapshot !== null && isAtWork(this.snapshot);
    const stamps = await Promise.all(
      [this.uri.fsPath, this.directory.liveFile(), this.directory.resultsFile()].map(stampOf),
    );
    const [file, live, results] = stamps;
    const [seenFile, seenLive, seenResults] = this.seen.split("|");
    const submitted = (await submissionIds(this.directory)).length > 0;
    if (stamps.join("|") === this.seen && alive === this.alive && submitted === this.submitted)
      return false;
    this.submitted = submitted;
    this.seen = stamps.join("|");
    if (file !== seenFile)
      this.file = await readFile(this.uri.fsPath, "utf8").then(readExperiment, () => null);
    if (live !== seenLive) this.snapshot = await readSnapshot(this.directory);
    if (results !== seenResults) {
      this.results = await currentlyOnDisk(this.directory);
      this.outdated = results !== "" && this.results === null;
    }
    this.alive = this.snapshot !== null && isAtWork(this.snapshot);
    return true;
  }
}

async function stampOf(file: string): Promise<string> {
  return stat(file).then(
    ({ mtimeMs, size }) => `${mtimeMs}:${size}`,
    () => "",
  );
}
