import type { DataLocation } from "../experiment/data-location";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import type { ExperimentFile } from "../experiment/experiment";
import type { PlannedRun } from "../experiment/plan";
import type { RunRecord } from "../experiment/run-record";
import type { RunTime } from "./trainer";
import type { LiveRun } from "../protocol/live";
import type { RunResult } from "../protocol/results";

/** Runs to execute, and whom to tell. */
export interface RunnerWork {
  readonly directory: ExperimentDirectory;
  readonly experiment: ExperimentFile;
  readonly data: DataLocation;
  readonly runs: readonly PlannedRun[];
  /** What is there already of what the experiment asks for. */
  readonly finished: FinishedBefore;
  /** Cancels: what the runner started, wherever it is, ends before `execute` does. */
  readonly signal: AbortSignal;
  /** Mean over the runs of this experiment that were timed; null where none was. */
  readonly secondsPerRun: () => number | null;
  readonly report: RunnerReport;
}

export interface FinishedBefore {
  /** Whether the run of this key is finished. */
  readonly has: (key: string) => Promise<boolean>;
  /** Key of a run finished with these settings and seeds on these data, on any engine and kind of CPU; null where there is none. */
  readonly find: (run: PlannedRun) => string | null;
}

/** What a runner knows before it begins. */
export interface RunnerStart {
  /** Runs side by side, at most. */
  readonly atOnce: number;
  /** Of a checkpoint; null where nobody knows before there is one. */
  readonly weightBytes: number | null;
}

export interface RunnerReport {
  /** A run was finished before. */
  readonly found: (run: PlannedRun, key: string) => Promise<void>;
  /**
   * Every run that was finished before has been told: from here on the pace is judged. Resolves when the others may begin.
   * @throws Error where they may not
   */
  readonly begin: (start: RunnerStart) => Promise<void>;
  readonly run: (run: LiveRun) => void;
  /** A run is in its place. `result` where the runner has measured it already. */
  readonly finished: (
    run: PlannedRun,
    record: RunRecord,
    time: RunTime,
    result: RunResult | null,
  ) => Promise<void>;
  /** A line on where the runs are, such as what they wait for; null for nothing to say. */
  readonly place: (text: string | null) => void;
}

/**
 * Where runs are executed. What a run executes is no matter of a runner's: see Trainer. Implementations: this machine
 * (local-runner.ts) and Slurm (slurm/slurm-runner.ts); test/integration/slurm/runners.test.ts holds for all.
 */
export interface Runner {
  /**
   * Executes runs until each has ended, one way or the other, or the signal aborts. Where an earlier scheduler of
   * this directory left something running that it can follow, it does.
   * @throws Error that befalls every run, in the words of whoever refused
   */
  execute(work: RunnerWork): Promise<void>;
  /** While paused nothing further is begun. */
  tell(request: "pause" | "resume"): void;
}
