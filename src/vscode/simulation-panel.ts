import { spawn } from "node:child_process";
import * as vscode from "vscode";
import type { QmcmSimulation, QmcmView } from "../protocol/qmcm";
import { simulationSentences } from "../qmcm/sentences";
import type { Scheduling } from "./scheduling";
import { webviewHtml } from "./webview-html";

/** Registers the command that repeats the paper's simulation and shows its Figs. 4 and 5. */
export function registerSimulation(
  extension: vscode.Uri,
  scheduling: Scheduling,
): vscode.Disposable {
  return vscode.commands.registerCommand("weightOdometer.simulateQmcm", async () => {
    try {
      const simulation = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: "Simulating shortest distances (Figs. 4 and 5)",
          cancellable: true,
        },
        async (_, cancelled) => simulate(await scheduling.cli(), cancelled),
      );
      if (simulation) show(extension, simulation);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The simulation failed: ${message}`);
    }
  });
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

function show(extension: vscode.Uri, simulation: QmcmSimulation): void {
  const bundles = vscode.Uri.joinPath(extension, "dist", "webview");
  const panel = vscode.window.createWebviewPanel(
    "weightOdometer.simulation",
    "Simulation (Figs. 4 and 5)",
    vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [bundles], retainContextWhenHidden: true },
  );
  const view: QmcmView = { simulation, sentences: simulationSentences(simulation) };
  panel.webview.onDidReceiveMessage(() => panel.webview.postMessage({ type: "view", view }));
  panel.webview.html = webviewHtml(panel.webview, bundles, "qmcm");
}
