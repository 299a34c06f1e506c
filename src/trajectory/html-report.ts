import { panelReport, type PanelBundle } from "../html/panel-report";
import type { Trajectory } from "../protocol/trajectory";
import type { TrajectoryView } from "../protocol/trajectory-panel";
import { seriesName } from "./series-label";

/**
 * A measured series as the panel shows it.
 * @param paths as they were given: one folder, or files
 */
export function reportedView(trajectory: Trajectory, paths: readonly string[]): TrajectoryView {
  return {
    uris: null,
    name: seriesName(paths),
    path: paths.join("\n"),
    folder: paths.length === 1,
    all: false,
    state: "stopped",
    failure: null,
    trajectory,
    pending: false,
    found: null,
  };
}

/** A trajectory as one HTML file that needs no other: what the trajectory panel shows, whoever measured it. */
export function trajectoryHtml(view: TrajectoryView, bundle: PanelBundle): string {
  const data: TrajectoryView = { ...view, uris: null, state: "stopped", pending: false };
  return panelReport(`${view.name}: trajectory`, data, bundle);
}
