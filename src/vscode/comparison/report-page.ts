import { htmlReport, type ReportBundle } from "../../experiment/html-report";
import type { ResultsPanelView } from "../../protocol/results-panel";

/** One HTML file that shows what a panel shows, in any browser: the panel's own bundle with its data beside it. */
export function reportPage(title: string, view: object, bundle: ReportBundle): string {
  // The frame of the experiment's report reads of its data only the name and the live state; the rest is the bundle's.
  const framed = { ...view, name: title, live: null };
  return htmlReport(framed as unknown as ResultsPanelView, bundle);
}
