import type { FromResultsPanel, ResultsPanelView } from "../../src/protocol/results-panel";
import { roughly } from "../../src/words/duration";
import { count } from "../ui/format";

export type Action = Extract<FromResultsPanel, { type: "action" }>["action"];

/** A button of the header. */
export interface ActionButton {
  readonly action: Action;
  readonly label: string;
  /** The one thing to do next. */
  readonly primary: boolean;
}

/** How many runs stand where. */
export interface Tally {
  readonly planned: number;
  readonly finished: number;
  readonly running: number;
  readonly queued: number;
  readonly failed: number;
}

/** Counts runs: from the live snapshot where there is one, else from the results. */
export function tally({ results, live }: ResultsPanelView): Tally {
  const known = { running: 0, queued: 0, failed: 0, finished: 0 };
  for (const { state } of live?.runs ?? []) known[state]++;
  const finished = Math.max(known.finished, results?.runs ?? 0);
  const planned = Math.max(results?.planned ?? 0, live?.runs.length ?? 0, finished);
  return { ...known, finished, planned };
}

/** What the experiment as a whole is doing, in a word. */
export type Phase =
  | "never"
  | "running"
  | "paused"
  | "cancelling"
  | "analysing"
  | "stopped"
  | "failed"
  | "cancelled"
  | "incomplete"
  | "outdated"
  | "done";

/** The phase; a snapshot that says "running" while no scheduler lives was left by one that died. */
export function phaseOf(view: ResultsPanelView): Phase {
  const { live, alive, results, remaking } = view;
  if (remaking && !alive) return remaking.state === "working" ? "analysing" : "outdated";
  const { finished, planned } = tally(view);
  if (live === null) {
    if (results === null) return "never";
    return finished < planned ? "incomplete" : "done";
  }
  if (live.state === "failed" || live.state === "cancelled" || live.state === "paused")
    return live.state;
  if (live.state === "done") return finished < planned ? "incomplete" : "done";
  return alive ? live.state : "stopped";
}

const OPENING: Partial<Record<Phase, string>> = {
  never: "not started",
  paused: "paused",
  cancelling: "cancelling",
  analysing: "computing the figures",
  stopped: "stopped before its end",
  failed: "failed",
  cancelled: "cancelled",
  outdated: "results of another version",
};

/** The state in words: `18 finished · 2 running · 1 min left`. */
export function stateLine(view: ResultsPanelView): string {
  const phase = phaseOf(view);
  const { planned, finished, running, queued, failed } = tally(view);
  const parts: string[] = [];
  const opening = OPENING[phase];
  if (opening !== undefined) parts.push(opening);
  if (phase === "never") return parts.join(" · ");
  if (finished > 0 || planned > 0)
    parts.push(
      finished === planned
        ? `${count(finished)} finished`
        : `${count(finished)} of ${count(planned)} finished`,
    );
  const works = phase === "running" || phase === "paused" || phase === "cancelling";
  if (works && running > 0) parts.push(`${count(running)} running`);
  if (works && queued > 0) parts.push(`${count(queued)} queued`);
  if (failed > 0) parts.push(`${count(failed)} failed`);
  if (phase === "running" && view.live?.secondsLeft != null)
    parts.push(`${roughly(view.live.secondsLeft)} left`);
  if (works && view.live?.place) parts.push(view.live.place);
  return parts.join(" · ");
}

/** What a screen reader hears of the state: changes of phase and each tenth of the way, not every tick. */
export function announcement(view: ResultsPanelView): string {
  const { planned, finished } = tally(view);
  const phase = phaseOf(view);
  const tenths = planned === 0 ? 0 : Math.floor((10 * finished) / planned);
  return `${OPENING[phase] ?? phase}${tenths > 0 ? `, ${10 * tenths} per cent of the runs finished` : ""}`;
}

/** Share of all runs' work that is done, 0 to 1, running ones in part. */
export function totalProgress(view: ResultsPanelView, inRuns: number): number {
  const { planned, finished } = tally(view);
  return planned === 0 ? 0 : Math.min(1, (finished + inRuns) / planned);
}

const button = (action: Action, label: string, primary = false): ActionButton => ({
  action,
  label,
  primary,
});

/** The actions that fit the state, the likeliest first. */
export function actionsFor(view: ResultsPanelView): ActionButton[] {
  const phase = phaseOf(view);
  const { finished } = tally(view);
  const buttons: ActionButton[] = [];
  if (phase === "never") buttons.push(button("run", "Run", true));
  if (phase === "running") buttons.push(button("pause", "Pause"));
  if (phase === "paused") buttons.push(button("resume", "Resume", true));
  if (phase === "running" || (phase === "paused" && view.alive))
    buttons.push(button("cancel", "Cancel"));
  if (phase === "stopped" || phase === "cancelled" || phase === "incomplete")
    buttons.push(button("run", finished > 0 ? "Run the rest" : "Run", true));
  if (phase === "outdated") buttons.push(button("remake", "Compute again", true));
  if (phase === "failed") buttons.push(button("run", "Try again", true));
  buttons.push(button("openFile", "Open file"));
  if (view.results !== null) buttons.push(button("exportReport", "Export report"));
  return buttons;
}
