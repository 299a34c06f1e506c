import * as vscode from "vscode";
import { datasets, findDataset, type DatasetEntry } from "../catalogue/datasets";
import { fetchDataset } from "../data/fetch-dataset";
import { userDataFolder } from "../data/user-folders";
import { findData, missingData } from "../experiment/data-location";
import { isBuiltIn, type ExperimentFile } from "../experiment/experiment";
import { trainingSettings } from "../experiment/plan";

/** Registers Download Dataset: one is picked, or named by the caller. */
export function registerDownloadDataset(): vscode.Disposable {
  return vscode.commands.registerCommand("weightOdometer.downloadDataset", async (id?: unknown) => {
    const entry = typeof id === "string" ? findDataset(id) : await picked();
    if (entry) await download(entry);
  });
}

/**
 * Whether an experiment's data are on this machine; where they are not, offers to download them and waits for that.
 */
export async function haveData(
  experiment: ExperimentFile,
  name: string,
  uri: vscode.Uri,
): Promise<boolean> {
  // A command brings its own.
  if (!isBuiltIn(experiment.train)) return true;
  const entry = findDataset(trainingSettings(experiment.train).dataset);
  if (!entry || entry.archives.length === 0) return true;
  const folder = dataDirectory(uri);
  if (await findData(entry, folder)) return true;
  const answer = await vscode.window.showErrorMessage(
    `${name}: ${missingData(entry, folder)}`,
    "Download",
  );
  return answer === "Download" && (await download(entry, uri));
}

async function picked(): Promise<DatasetEntry | undefined> {
  const items = datasets
    .filter(({ archives }) => archives.length > 0)
    .map((entry) => ({ label: entry.id, description: entry.title, entry }));
  const pick = await vscode.window.showQuickPick(items, { placeHolder: "Dataset to download" });
  return pick?.entry;
}

/** Downloads with a progress notification that cancels; true where the dataset is there afterwards. */
async function download(entry: DatasetEntry, uri?: vscode.Uri): Promise<boolean> {
  const there = await findData(entry, dataDirectory(uri));
  if (there) {
    void vscode.window.showInformationMessage(`${entry.title} is at ${there.folder}.`);
    return true;
  }
  const cancel = new AbortController();
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: `Downloading ${entry.title}`, cancellable: true };
  try {
    const folder = await vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => {
        cancel.abort();
      });
      let shown = "";
      return fetchDataset(entry, {
        to: dataDirectory(uri) ?? userDataFolder(),
        signal: cancel.signal,
        onProgress: ({ phase, file, done, total }) => {
          const share = total === null ? "" : ` ${Math.floor((100 * done) / total)} %`;
          const message = `${phase === "download" ? "" : "unpacking "}${file}${share}`;
          if (message !== shown) progress.report({ message });
          shown = message;
        },
      });
    });
    void vscode.window.showInformationMessage(`${entry.title} is at ${folder}.`);
    return true;
  } catch (error) {
    if (!cancel.signal.aborted)
      await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** As the scheduler finds it: the setting, else the environment; null for the user's own folder. */
function dataDirectory(uri?: vscode.Uri): string | null {
  const setting = vscode.workspace
    .getConfiguration("weightOdometer", uri)
    .get<string>("dataDirectory", "");
  return setting === "" ? (process.env["WEIGHT_ODOMETER_DATA"] ?? null) : setting;
}
