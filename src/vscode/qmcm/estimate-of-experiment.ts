import type { Uri } from "vscode";
import type { QmcmEstimate } from "../../protocol/qmcm";
import { estimateView } from "../../qmcm/views";
import type { Scheduling } from "../scheduling";
import type { WorkspaceExperiment } from "../workspace-experiment";
import { askNumbers, type NumberField, wholeFrom } from "./ask-numbers";
import { openQmcmPanel } from "./qmcm-panels";
import { runQmcm } from "./run-qmcm";

const fields: readonly NumberField[] = [
  {
    option: "threshold",
    prompt: "Threshold t of the coefficient of variation, a ratio",
    value: 0.3,
    refusal: (value) => (value >= 0 ? undefined : "A number from 0 up, such as 0.3."),
  },
  { option: "samples", prompt: "Runs to draw", value: 200, refusal: wholeFrom(2) },
  { option: "seed", prompt: "Seed of the draws", value: 0, refusal: wholeFrom(0) },
];

/** Runs Algorithm 2 over an experiment's finished runs and shows what it gives. @throws Error where it fails */
export async function estimateOfExperiment(
  { name, directory }: WorkspaceExperiment,
  extension: Uri,
  scheduling: Scheduling,
): Promise<void> {
  const numbers = await askNumbers("t = 0.3, 200 runs", fields);
  if (!numbers) return;
  const title = `Algorithm 2 over the runs of ${name}`;
  const args = ["estimate", directory.root, ...numbers];
  const estimate = await runQmcm<QmcmEstimate>(title, await scheduling.cli(), args);
  if (estimate) openQmcmPanel(extension, estimateView(name, estimate));
}
