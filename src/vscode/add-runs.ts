import * as vscode from "vscode";
import { changeExperimentFile } from "./change-experiment-file";
import type { WorkspaceExperiment } from "./workspace-experiment";

const mostRuns = 100_000;

/**
 * Asks for a larger number of seeds and writes it into the experiment's file; what is finished stays as it is.
 * @returns whether there is more to run now
 */
export async function addRuns({ file, uri, name }: WorkspaceExperiment): Promise<boolean> {
  if (file?.ok !== true) throw new Error("The experiment's file cannot be read.");
  const { runs, levels } = file.experiment;
  const answer = await vscode.window.showInputBox({
    title: `More Seeds for ${name}`,
    prompt: levels ? "Seeds at each level, in all" : "Seeds in all",
    value: String(Math.min(2 * runs, mostRuns)),
    validateInput: (value) =>
      /^\d+$/.test(value) && Number(value) > runs && Number(value) <= mostRuns
        ? undefined
        : `A whole number above ${runs}, up to ${mostRuns.toLocaleString("en-US")}.`,
  });
  if (answer === undefined) return false;
  return changeExperimentFile(uri, "runs", Number(answer));
}
