import type { LiveRun } from "../protocol/live";
import { figure } from "./number";

type RunningRun = Extract<LiveRun, { state: "running" }>;

/** Share of a run's work that is done, 0 to 1; of a command under way nobody knows it, which counts as nothing. */
export function shareDone(run: LiveRun): number {
  if (run.state === "queued") return 0;
  if (run.state !== "running") return 1;
  return run.kind === "command" || run.steps <= 0 ? 0 : Math.min(1, run.step / run.steps);
}

/** Where a run under way is, such as "epoch 2 of 5" or "step 300, distance 1.234". */
export function progressText(run: RunningRun): string {
  if (run.kind !== "command")
    return `epoch ${run.epoch.toLocaleString("en-US")} of ${run.epochs.toLocaleString("en-US")}`;
  const again = run.attempt > 0 ? `, attempt ${run.attempt + 1}` : "";
  return run.step === null
    ? `running${again}`
    : `step ${run.step.toLocaleString("en-US")}, distance ${figure(run.distance)}${again}`;
}
