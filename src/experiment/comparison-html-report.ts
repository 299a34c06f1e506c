import { panelReport, type PanelBundle } from "../html/panel-report";
import type {
  ExperimentComparison,
  ExperimentComparisonView,
} from "../protocol/experiment-comparison";

/** A comparison of experiments as one HTML file that needs no other. @param bundle of the page experiments */
export function experimentComparisonHtml(
  comparison: ExperimentComparison,
  bundle: PanelBundle,
): string {
  const view: ExperimentComparisonView = { experiments: null, comparison };
  return panelReport(`Comparison of ${comparison.experiments.length} experiments`, view, bundle);
}
