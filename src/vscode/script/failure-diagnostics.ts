import path from "node:path";
import * as vscode from "vscode";
import { failurePlace } from "../../experiment/command/failure-place";
import type { LiveSnapshot } from "../../protocol/live";
import { Disposables } from "../disposables";
import { failedOutput } from "../run-output";
import type { WorkspaceExperiment } from "../workspace-experiment";
import type { ScriptExperiments } from "./script-experiments";

/** Marks the line of a training script at which a run failed, until it is run again. */
export class FailureDiagnostics extends Disposables {
  private readonly collection = this.add(
    vscode.languages.createDiagnosticCollection("weightOdometerRuns"),
  );

  /** What the marks in sight were made of. */
  private marked = "[]";

  constructor(private readonly scripts: ScriptExperiments) {
    super();
    this.add(scripts.onDidChange(() => void this.mark()));
  }

  private async mark(): Promise<void> {
    const failed = JSON.stringify(this.scripts.all.map((script) => this.failedOf(script)));
    // Outputs are read anew only when other runs have failed, or at another time.
    if (failed === this.marked) return;
    this.marked = failed;
    const found = await Promise.all(
      this.scripts.all.map(async (script) => {
        const experiments = this.scripts.of(script);
        const marks = await Promise.all(experiments.map((one) => failuresOf(one, script)));
        return [vscode.Uri.file(script), marks.flat()] as const;
      }),
    );
    // Another look may have begun meanwhile: it has the last word.
    if (failed !== this.marked) return;
    this.collection.clear();
    for (const [uri, diagnostics] of found) this.collection.set(uri, diagnostics);
  }

  /** What decides a script's marks. */
  private failedOf(script: string): readonly unknown[] {
    return this.scripts
      .of(script)
      .map(({ name, snapshot }) => [
        script,
        name,
        snapshot?.startedAt,
        failedRuns(snapshot).map(({ key, message }) => [key, message]),
      ]);
  }
}

function failedRuns(snapshot: LiveSnapshot | null) {
  return (snapshot?.runs ?? []).filter((run) => run.state === "failed");
}

/** One for each place, whatever number of runs failed there. */
async function failuresOf(
  { snapshot, name, directory }: WorkspaceExperiment,
  script: string,
): Promise<vscode.Diagnostic[]> {
  const places = new Map<number, { readonly message: string; readonly runs: number[] }>();
  for (const { run, key } of failedRuns(snapshot).slice(0, mostRead)) {
    const place = failurePlace(
      await failedOutput(directory, key),
      (named) => path.basename(named) === path.basename(script),
    );
    if (!place) continue;
    const { message } = place;
    places.set(place.line, { message, runs: [...(places.get(place.line)?.runs ?? []), run] });
  }
  return Array.from(places, ([line, { message, runs }]) => {
    const range = new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
    const which = runs.length === 1 ? `Run ${runs[0]}` : `${runs.length} runs`;
    const text = `${which} of ${name} failed here: ${message}`;
    const diagnostic = new vscode.Diagnostic(range, text, vscode.DiagnosticSeverity.Error);
    diagnostic.source = "Weight Odometer";
    return diagnostic;
  });
}

/** Outputs of failed runs that are looked through: the rest mostly say the same. */
const mostRead = 20;
