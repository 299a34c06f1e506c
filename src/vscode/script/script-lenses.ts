import * as vscode from "vscode";
import { describeSnapshot } from "../describe";
import { Disposables } from "../disposables";
import type { WorkspaceExperiment } from "../workspace-experiment";
import { isChanged } from "./script-changes";
import type { ScriptExperiments } from "./script-experiments";
import { scriptSummary, scriptTable } from "./script-words";

/** Above a training script what the experiments that run it found last; a click opens their results. On hover the whole. */
export class ScriptLenses
  extends Disposables
  implements vscode.CodeLensProvider, vscode.HoverProvider
{
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(private readonly scripts: ScriptExperiments) {
    super();
    this.onDidChangeCodeLenses = scripts.onDidChange;
    const files = { scheme: "file" };
    this.add(vscode.languages.registerCodeLensProvider(files, this));
    this.add(vscode.languages.registerHoverProvider(files, this));
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    return this.scripts.of(uri.fsPath).map(
      (experiment) =>
        new vscode.CodeLens(top, {
          title: `$(graph-scatter) ${experiment.name}: ${summary(experiment)}`,
          tooltip: "Show Results",
          command: "weightOdometer.showResults",
          arguments: [experiment.uri],
        }),
    );
  }

  /** On the first line, below the lenses. */
  async provideHover(
    { uri }: vscode.TextDocument,
    { line }: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const experiments = line === 0 ? this.scripts.of(uri.fsPath) : [];
    if (experiments.length === 0) return undefined;
    return new vscode.Hover(
      await Promise.all(experiments.map((experiment) => hoverText(experiment, uri.fsPath))),
    );
  }
}

function summary({ alive, snapshot, results }: WorkspaceExperiment): string {
  if (alive && snapshot) return describeSnapshot(snapshot);
  return results && results.runs > 0 ? scriptSummary(results) : "not run yet";
}

async function hoverText(
  experiment: WorkspaceExperiment,
  script: string,
): Promise<vscode.MarkdownString> {
  const { results, name, uri, directory } = experiment;
  const text = new vscode.MarkdownString();
  text.appendMarkdown("**").appendText(name).appendMarkdown("**: ");
  text.appendText(summary(experiment));
  if (!results || results.runs === 0) return text;
  text.appendMarkdown(`\n\n${scriptTable(results)}\n\n`);
  const record = await directory.readRun(results.runResults[0]?.key ?? "").catch(() => null);
  if (record?.format === "weight-odometer command run 1" && record.commit !== null)
    text.appendMarkdown(`Made from commit \`${record.commit.slice(0, 12)}\`. `);
  if (await isChanged(experiment, script)) text.appendMarkdown("The script has changed since. ");
  const target = encodeURIComponent(JSON.stringify([uri]));
  text.appendMarkdown(`[Show results](command:weightOdometer.showResults?${target})`);
  text.isTrusted = { enabledCommands: ["weightOdometer.showResults"] };
  return text;
}
