import { spawn } from "node:child_process";
import * as vscode from "vscode";
import type { QmcmSimulation } from "../protocol/qmcm";
import { simulationSentences } from "../qmcm/sentences";
import type { Scheduling } from "./scheduling";
import { webviewHtml } from "./webview-html";

const viewType = "weightOdometer.simulation";

/** Registers the command that repeats the paper's simulation and shows its Figs. 4 and 5. */
export function registerSimulation(
  extension: vscode.Uri,
  scheduling: Scheduling,
): vscode.Disposable {
  const command = vscode.commands.registerCommand("weightOdometer.simulateQmcm", async () => {
    try {
      const simulation = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: "Simulating shortest distances (Figs. 4 and 5)",
          cancellable: true,
        },
        async (_, cancelled) => simulate(await scheduling.cli(), cancelled),
      );
      if (simulation) show(newPanel(), extension, simulation);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The simulation failed: ${message}`);
    }
  });
  // After a reload of the window the page draws what it has kept.
  const restoring = vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: (panel) => {
      show(panel, extension);
      return Promise.resolve();
    },
  });
  return vscode.Disposable.from(command, restoring);
}

function newPanel(): vscode.WebviewPanel {
  const title = "Simulation (Figs. 4 and 5)";
  return vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active);
}

/** The simulation in a process of its own, which can be ended; null where it was. @throws Error with its last words */
function simulate(
  cli: string,
  cancelled: vscode.CancellationToken,
): Promise<QmcmSimulation | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, "qmcm", "simulate", "--sweep", "--json"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      windowsHide: true,
    });
    const ending = cancelled.onCancellationRequested(() => child.kill());
    let [printed, words] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-2000);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      ending.dispose();
      if (cancelled.isCancellationRequested) resolve(null);
      else if (code === 0) resolve(JSON.parse(printed) as QmcmSimulation);
      else reject(new Error(words.trim() || "it ended without a word."));
    });
  });
}

function show(
  panel: vscode.WebviewPanel,
  extension: vscode.Uri,
  simulation?: QmcmSimulation,
): void {
  const bundles = vscode.Uri.joinPath(extension, "dist", "webview");
  const view = simulation && { simulation, sentences: simulationSentences(simulation) };
  panel.webview.onDidReceiveMessage(
    () => view && panel.webview.postMessage({ type: "view", view }),
  );
  panel.webview.options = { enableScripts: true, localResourceRoots: [bundles] };
  panel.webview.html = webviewHtml(panel.webview, bundles, "qmcm");
}
