import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";

const folder = (): vscode.WorkspaceFolder => {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, "no folder is open");
  return first;
};
const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder().uri, name);

/** Asks again until there is an answer. */
async function eventually<T>(ask: () => PromiseLike<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("an experiment file", () => {
  it("has Run above its first line", async () => {
    await vscode.workspace.openTextDocument(file("small.odometer.json"));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      file("small.odometer.json"),
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      ["weightOdometer.run"],
    );
    assert.equal(lenses[0]?.range.start.line, 0);
  });

  it("is completed and explained by its schema", async () => {
    const uri = file("small.odometer.json");
    const document = await vscode.workspace.openTextDocument(uri);
    const model = document.positionAt(document.getText().indexOf('"model"') + 2);
    const words = await eventually(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri,
        model,
      );
      const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
      return contents.length > 0 ? contents.map(({ value }) => value).join("\n") : undefined;
    });
    assert.match(words, /Built.*in model to train/);
  });
});

describe("a task of type weight-odometer", () => {
  it("is offered for each experiment, trains it and leaves its results", async function () {
    this.timeout(120_000);
    const tasks = await eventually(async () => {
      const found = await vscode.tasks.fetchTasks({ type: "weight-odometer" });
      return found.length > 0 ? found : undefined;
    });
    const small = tasks.find(
      ({ definition }) => definition["experiment"] === "small.odometer.json",
    );
    assert.ok(small, "no task for small.odometer.json");
    const ended = new Promise<number | undefined>((resolve) => {
      vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name === small.name) resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(small);
    assert.equal(await ended, 0);
    const results = path.join(folder().uri.fsPath, ".weight-odometer", "small", "results.json");
    const { runs } = JSON.parse(await readFile(results, "utf8")) as { runs: number };
    assert.equal(runs, 4);
  });
});
