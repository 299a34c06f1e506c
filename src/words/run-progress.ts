import type { LiveRun, LiveSnapshot } from "../protocol/live";
import { figure } from "./number";
import { runTimes } from "./run-time";

type RunningRun = Extract<LiveRun, { state: "running" }>;

/**
 * Tells of each run of a snapshot the share of its work that is done, 0 to 1: of a command under way by its time left, and
 * where nobody knows that, nothing.
 */
export function sharesDone(
  snapshot: Pick<LiveSnapshot, "runs" | "updatedAt">,
): (run: LiveRun) => number {
  const timeOf = runTimes(snapshot);
  return (run) => {
    if (run.state === "queued") return 0;
    if (run.state !== "running") return 1;
    if (run.kind !== "command") return run.steps <= 0 ? 0 : Math.min(1, run.step / run.steps);
    const time = timeOf(run);
    if (!time?.left) return 0;
    // Of one that takes longer than the others nobody knows how little is left.
    return Math.min(0.99, time.elapsed / Math.max(1e-3, time.elapsed + time.left.seconds));
  };
}

/** The share of all runs that is done, 0 to 1. */
export function shareOfAll(snapshot: Pick<LiveSnapshot, "runs" | "updatedAt">): number {
  const { runs } = snapshot;
  const shareOf = sharesDone(snapshot);
  return runs.reduce((sum, run) => sum + shareOf(run), 0) / Math.max(1, runs.length);
}

/**
 * Where a run under way is, such as "epoch 2 of 5" or "step 300, distance 1.234, loss 0.2".
 * @param besides whether its distance stands elsewhere already
 */
export function progressText(
  run: RunningRun,
  besides: { readonly distance?: boolean } = {},
): string {
  if (run.kind !== "command")
    return `epoch ${run.epoch.toLocaleString("en-US")} of ${run.epochs.toLocaleString("en-US")}`;
  const parts = [
    ...(run.step === null
      ? []
      : [
          `step ${run.step.toLocaleString("en-US")}`,
          ...(besides.distance ? [] : [`distance ${figure(run.distance)}`]),
        ]),
    ...Object.entries(run.metrics ?? {}).map(([name, value]) => `${name} ${figure(value)}`),
    ...(run.attempt > 0 ? [`attempt ${run.attempt + 1}`] : []),
  ];
  return parts.length === 0 ? "running" : parts.join(", ");
}
