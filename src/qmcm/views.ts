import type { QmcmEstimate, QmcmSimulation, QmcmView } from "../protocol/qmcm";
import { estimateSentences, simulationSentences } from "./sentences";

/** A simulation as its page shows it. */
export function simulationView(simulation: QmcmSimulation): QmcmView {
  return { kind: "simulation", simulation, sentences: simulationSentences(simulation) };
}

/** An estimate from the runs of the experiment `name`, as its page shows it. */
export function estimateView(name: string, estimate: QmcmEstimate): QmcmView {
  return { kind: "estimate", name, estimate, sentences: estimateSentences(estimate) };
}
