import { panelReport, type PanelBundle } from "../html/panel-report";
import type { QmcmSimulation, QmcmView } from "../protocol/qmcm";
import { simulationSentences } from "./sentences";

/** A simulation as one HTML file that needs no other: Figs. 4 and 5 with their data. @param bundle of the page qmcm */
export function simulationHtml(simulation: QmcmSimulation, bundle: PanelBundle): string {
  const view: QmcmView = { simulation, sentences: simulationSentences(simulation) };
  return panelReport("Quasi-Monte Carlo method: simulation", view, bundle);
}
