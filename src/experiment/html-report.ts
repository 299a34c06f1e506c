import { panelReport, type PanelBundle } from "../html/panel-report";
import type { LiveSnapshot } from "../protocol/live";
import type { ResultsPanelView } from "../protocol/results-panel";

/** A report is read when nothing runs any more: only what had ended by then is still true. */
function settled(live: LiveSnapshot | null): LiveSnapshot | null {
  if (live === null || live.state === "failed" || live.state === "cancelled") return live;
  const runs = live.runs.filter(({ state }) => state === "finished" || state === "failed");
  return { ...live, state: "done", secondsLeft: null, runs };
}

/** One HTML file that shows what the results panel shows. */
export function htmlReport(view: ResultsPanelView, bundle: PanelBundle): string {
  const data: ResultsPanelView = {
    ...view,
    experiment: null,
    live: settled(view.live),
    alive: false,
  };
  return panelReport(view.name, data, bundle);
}
