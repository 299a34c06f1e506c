import { panelReport, type PanelBundle } from "../html/panel-report";
import type { QmcmView } from "../protocol/qmcm";

/** A simulation or an estimate as one HTML file that needs no other, figures with their data. @param bundle of the page qmcm */
export function qmcmHtml(view: QmcmView, bundle: PanelBundle): string {
  const title =
    view.kind === "simulation"
      ? "Quasi-Monte Carlo method: simulation"
      : `Quasi-Monte Carlo method: ${view.name}`;
  return panelReport(title, view, bundle);
}
