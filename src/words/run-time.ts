import type { RunClock } from "../protocol/command";
import type { LiveRun, LiveSnapshot } from "../protocol/live";
import { roughly } from "./duration";
import { plural } from "./number";

/** How long runs under way have taken, and may still take. */

type CommandRun = Extract<LiveRun, { readonly state: "running"; readonly kind: "command" }>;

/** Means over the runs of an experiment that are finished. */
interface FinishedPace {
  readonly runs: number;
  readonly seconds: number;
  /** Null where not all of them tell. */
  readonly steps: number | null;
}

/** What a run may still take, and what that is judged by. */
export interface RunLeft {
  readonly seconds: number;
  /** How far its last checkpoint is among the steps of finished runs; or how long these took. */
  readonly basis: "steps" | "runs";
  /** Finished runs that it is judged by. */
  readonly runs: number;
}

export interface RunTime {
  /** Seconds, without pauses. */
  readonly elapsed: number;
  /** Null where there is nothing to judge by: no run is finished, or this one goes on from an earlier attempt. */
  readonly left: RunLeft | null;
}

/** Judges the runs of one snapshot; of a built-in model's, and of others that are not under way, null. */
export function runTimes({
  runs,
  updatedAt,
}: Pick<LiveSnapshot, "runs" | "updatedAt">): (run: LiveRun) => RunTime | null {
  let pace: FinishedPace | null | undefined;
  return (run) => {
    if (run.state !== "running" || run.kind !== "command" || !run.clock) return null;
    pace ??= paceOf(runs);
    const elapsed = secondsOf(run.clock, updatedAt);
    return { elapsed, left: leftOf(run, elapsed, pace) };
  };
}

/** What a clock shows at a time in milliseconds; a machine's clock that was set back takes nothing away. */
export function secondsOf({ seconds, since }: RunClock, now: number): number {
  return seconds + (since === null ? 0 : Math.max(0, now - since) / 1000);
}

/** Such as "2 min, about 3 min left"; "2 min" without an estimate. */
export function runTimeText({ elapsed, left }: RunTime): string {
  const rest =
    left === null
      ? ""
      : left.seconds === 0
        ? ", longer than others took"
        : `, about ${roughly(left.seconds)} left`;
  return `${roughly(elapsed)}${rest}`;
}

/** What the time left is judged by, in a sentence. */
export function basisText({ left }: RunTime): string {
  if (left === null)
    return "The time left is not known: no run of this experiment is finished to judge it by, or this one goes on from an earlier attempt.";
  return left.basis === "steps"
    ? `Time left by the step of its last checkpoint among those of ${plural(left.runs, "finished run")}.`
    : `Time left by the mean time of ${plural(left.runs, "finished run")}.`;
}

function paceOf(runs: readonly LiveRun[]): FinishedPace | null {
  let count = 0;
  let seconds = 0;
  let steps: number | null = 0;
  for (const run of runs) {
    if (run.state !== "finished" || run.seconds === null) continue;
    count++;
    seconds += run.seconds;
    const own = run.steps ?? null;
    steps = steps === null || own === null ? null : steps + own;
  }
  return count === 0
    ? null
    : { runs: count, seconds: seconds / count, steps: steps && steps / count };
}

function leftOf(
  { attempt, step, stepSeconds }: CommandRun,
  elapsed: number,
  pace: FinishedPace | null,
): RunLeft | null {
  // Of what an earlier attempt had done nobody knows how long it took.
  if (pace === null || attempt > 0) return null;
  const { runs, steps } = pace;
  if (step !== null && stepSeconds != null && step > 0 && stepSeconds > 0 && steps !== null) {
    const whole = (stepSeconds / step) * steps;
    return { seconds: Math.max(0, whole - elapsed), basis: "steps", runs };
  }
  return { seconds: Math.max(0, pace.seconds - elapsed), basis: "runs", runs };
}
