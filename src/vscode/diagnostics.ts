import * as vscode from "vscode";
import { readExperiment } from "../experiment/read-experiment";
import { Disposables } from "./disposables";

/**
 * Marks what is wrong in an open experiment file beyond its JSON schema (the schema's own checks are the JSON
 * editor's): a dataset that does not fit the model, seeds out of range.
 */
export class ExperimentDiagnostics extends Disposables {
  private readonly collection = this.add(
    vscode.languages.createDiagnosticCollection("weightOdometer"),
  );

  constructor() {
    super();
    this.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.check(document);
      }),
    );
    this.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.check(document);
      }),
    );
    this.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.collection.delete(uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  private check(document: vscode.TextDocument): void {
    if (!document.uri.path.endsWith(".odometer.json")) return;
    const read = readExperiment(document.getText());
    const problems = read.ok ? [] : read.problems.filter(({ beyondSchema }) => beyondSchema);
    this.collection.set(
      document.uri,
      problems.map(({ message, offset, length }) => {
        const range = new vscode.Range(
          document.positionAt(offset),
          document.positionAt(offset + length),
        );
        const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
        diagnostic.source = "Weight Odometer";
        return diagnostic;
      }),
    );
  }
}
