import path from "node:path";
import * as vscode from "vscode";
import { failurePlace } from "../../experiment/command/failure-place";
import { Disposables } from "../disposables";
import { outputEnd } from "../run-output";
import type { WorkspaceExperiment } from "../workspace-experiment";
import type { ScriptExperiments } from "./script-experiments";

/** Marks the line of a training script at which a run failed, until it is run again. */
export class FailureDiagnostics extends Disposables {
  private readonly collection = this.add(
    vscode.languages.createDiagnosticCollection("weightOdometerRuns"),
  );

  constructor(private readonly scripts: ScriptExperiments) {
    super();
    this.add(scripts.onDidChange(() => void this.mark()));
  }

  private async mark(): Promise<void> {
    const found = await Promise.all(
      this.scripts.all.map(async (script) => {
        const experiments = this.scripts.of(script);
        const marks = await Promise.all(experiments.map((one) => failuresOf(one, script)));
        return [vscode.Uri.file(script), marks.flat()] as const;
      }),
    );
    this.collection.clear();
    for (const [uri, diagnostics] of found) this.collection.set(uri, diagnostics);
  }
}

/** One for each place, whatever number of runs failed there. */
async function failuresOf(
  { snapshot, name, directory }: WorkspaceExperiment,
  script: string,
): Promise<vscode.Diagnostic[]> {
  const failed = (snapshot?.runs ?? []).filter((run) => run.state === "failed");
  const places = new Map<number, { readonly message: string; readonly runs: number[] }>();
  for (const { run, key } of failed.slice(0, mostRead)) {
    const place = failurePlace(
      await outputEnd(directory, key),
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
