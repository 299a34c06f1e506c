import { embedJson, htmlPage } from "../html/page";
import type { LiveSnapshot } from "../protocol/live";
import type { ResultsPanelView } from "../protocol/results-panel";

/** The results panel's own bundle: the report draws with the same code. */
export interface ReportBundle {
  readonly script: string;
  readonly style: string;
}

/** A report is read when nothing runs any more: only what had ended by then is still true. */
function settled(live: LiveSnapshot | null): LiveSnapshot | null {
  if (live === null || live.state === "failed" || live.state === "cancelled") return live;
  const runs = live.runs.filter(({ state }) => state === "finished" || state === "failed");
  return { ...live, state: "done", secondsLeft: null, runs };
}

/**
 * One HTML file that shows what the results panel shows: it needs no network, and its content security policy
 * lets it run only the script it carries. Opened from disk in any browser, in light or dark as the reader prefers.
 */
export function htmlReport(view: ResultsPanelView, bundle: ReportBundle): string {
  const data: ResultsPanelView = {
    ...view,
    experiment: null,
    live: settled(view.live),
    alive: false,
  };
  return htmlPage({
    title: view.name,
    ...bundle,
    body: `<noscript>This report draws its figures with a script inside this file; allow scripts to see it.</noscript>
<script type="application/json" id="view">${embedJson(data)}</script>`,
  });
}
