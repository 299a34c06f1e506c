import * as vscode from "vscode";
import type { QmcmSimulation } from "../../protocol/qmcm";
import { simulationView } from "../../qmcm/views";
import type { Scheduling } from "../scheduling";
import { askNumbers, type NumberField, wholeFrom } from "./ask-numbers";
import { openQmcmPanel } from "./qmcm-panels";
import { runQmcm } from "./run-qmcm";

const fields: readonly NumberField[] = [
  { option: "points", prompt: "Points on the unit sphere", value: 10_000, refusal: wholeFrom(3) },
  { option: "dimensions", prompt: "Dimensions of a point", value: 100, refusal: wholeFrom(2) },
  { option: "seed", prompt: "Seed of the points", value: 0, refusal: wholeFrom(0) },
];

/** Registers the command that repeats the paper's simulation and shows its Figs. 4 and 5. */
export function registerSimulation(
  extension: vscode.Uri,
  scheduling: Scheduling,
): vscode.Disposable {
  return vscode.commands.registerCommand("weightOdometer.simulateQmcm", async () => {
    try {
      const numbers = await askNumbers("10,000 points in 100 dimensions", fields);
      if (!numbers) return;
      const title = "Simulating shortest distances (Figs. 4 and 5)";
      const args = ["simulate", "--sweep", ...numbers];
      const simulation = await runQmcm<QmcmSimulation>(title, await scheduling.cli(), args);
      if (simulation) openQmcmPanel(extension, simulationView(simulation));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The simulation failed: ${message}`);
    }
  });
}
