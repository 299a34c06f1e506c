import path from "node:path";
import * as vscode from "vscode";
import { commandLine, commandWords } from "../../experiment/command/command-words";
import { environmentPython } from "../../experiment/command/virtual-environment";
import { suggestCommand, type SuggestedCommand } from "../../experiment/command/suggest-command";

/** What the new experiment asks of the script. */
interface Question extends vscode.QuickPickItem {
  readonly suffix: string;
  readonly levels: object | null;
}

const shares = [0.2, 0.4, 0.6, 0.8, 1];
const questions: readonly Question[] = [
  {
    label: "How far does training move the weights?",
    detail: "The same training with different seeds (Experiment 1).",
    suffix: "",
    levels: null,
  },
  {
    label: "How does the distance change with corrupted labels?",
    detail: "Label corruption from 0 to 100 % (Experiment 4); the script corrupts its labels.",
    suffix: "-corruption",
    levels: { labelCorruption: [0, ...shares] },
  },
  {
    label: "How does the distance change with the share of label kinds?",
    detail: "Label fractions from 20 to 100 % (Experiment 3); the script selects its labels.",
    suffix: "-fraction",
    levels: { labelFraction: shares },
  },
];

/** Registers New Experiment from This File: what a training script needs is asked for, and written beside it. */
export function registerNewExperimentFromScript(): vscode.Disposable {
  return vscode.commands.registerCommand(
    "weightOdometer.newExperimentFromFile",
    async (target?: vscode.Uri) => {
      const script = target ?? vscode.window.activeTextEditor?.document.uri;
      if (script?.scheme === "file") await fromScript(script);
      else
        await vscode.window.showInformationMessage(
          "Open the script that trains your network first.",
        );
    },
  );
}

async function fromScript(script: vscode.Uri): Promise<void> {
  const name = path.basename(script.fsPath);
  const text = Buffer.from(await vscode.workspace.fs.readFile(script)).toString("utf8");
  const suggested = suggestCommand(name, text, await pythonFor(script));
  const question = await vscode.window.showQuickPick(questions, {
    title: `New Experiment from ${name}`,
    placeHolder: "What do you want to know?",
  });
  if (!question) return;
  const line = await vscode.window.showInputBox({
    title: `New Experiment from ${name}`,
    prompt:
      "Command that trains once. ${seed} and ${runDirectory} are filled in for each run; the same values are in the environment.",
    value: commandLine(suggested.words),
    validateInput: problemOf,
  });
  if (line === undefined) return;
  const runs = await vscode.window.showInputBox({
    title: `New Experiment from ${name}`,
    prompt: question.levels ? "Seeds at each level" : "Number of seeds",
    value: "5",
    validateInput: (value) => (/^[1-9]\d{0,4}$/.test(value) ? undefined : "A whole number from 1."),
  });
  if (runs === undefined) return;
  const experiment = {
    train: { command: commandWords(line), script: name },
    runs: Number(runs),
    ...(question.levels ? { levels: question.levels } : {}),
  };
  const file = await written(script, `${path.parse(name).name}${question.suffix}`, experiment);
  await vscode.window.showTextDocument(file);
  await tellWhatIsMissing(suggested, line, name);
}

/** The interpreter of the workspace's virtual environment, or else the one on PATH. */
async function pythonFor(script: vscode.Uri): Promise<string> {
  const folder = path.dirname(script.fsPath);
  const workspace = vscode.workspace.getWorkspaceFolder(script)?.uri.fsPath;
  return (
    (await environmentPython(folder, workspace ?? folder)) ??
    (process.platform === "win32" ? "python" : "python3")
  );
}

function problemOf(line: string): string | undefined {
  try {
    return commandWords(line).length > 0 ? undefined : "Name a program.";
  } catch (error) {
    return (error as Error).message;
  }
}

/** Writes it beside the script, under a name that is free. */
async function written(script: vscode.Uri, stem: string, experiment: object): Promise<vscode.Uri> {
  const text = `${JSON.stringify(experiment, null, 2)}\n`;
  for (let i = 1; ; i++) {
    const name = `${stem}${i === 1 ? "" : `-${i}`}.odometer.json`;
    const file = vscode.Uri.joinPath(script, "..", name);
    const isFree = await vscode.workspace.fs.stat(file).then(
      () => false,
      () => true,
    );
    if (!isFree) continue;
    await vscode.workspace.fs.writeFile(file, Buffer.from(text, "utf8"));
    return file;
  }
}

/** Without a seed and a place to write to, all runs would be alike and none would be seen. */
async function tellWhatIsMissing(
  { takesSeed, takesDirectory }: SuggestedCommand,
  line: string,
  name: string,
): Promise<void> {
  const missing = [
    ...(takesSeed || line.includes("${seed}") ? [] : ["take its seed"]),
    ...(takesDirectory || line.includes("${runDirectory}")
      ? []
      : ["save initial.* and final.* in the run's directory"]),
  ];
  if (missing.length === 0) return;
  const add = "Add Python Helper";
  const answer = await vscode.window.showInformationMessage(
    `${name} does not seem to ${missing.join(" or to ")}. The Python helper does both in three lines.`,
    add,
  );
  if (answer === add) await vscode.commands.executeCommand("weightOdometer.addPythonHelper");
}
