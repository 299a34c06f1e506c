import { availableParallelism } from "node:os";
import { writeFileAtomic } from "../experiment/atomic-file";
import { locateData } from "../experiment/data-location";
import type { ExperimentFile } from "../experiment/experiment";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { plan, trainingSettings } from "../experiment/plan";
import { ResultsBuilder } from "../experiment/results-builder";
import { measureRun } from "../experiment/run-result";
import { runKey } from "../experiment/run-record";
import type { LiveRun, LiveSnapshot } from "../protocol/live";
import type { Results, RunResult } from "../protocol/results";
import { LiveBoard } from "./live-board";
import { watchRequests, withdrawRequest } from "./requests";
import { QueueWorker, type QueuedRun, type Training } from "./run-queue";
import { TrainerProcess } from "./trainer-process";
import { RunTimes } from "./run-times";

export interface ScheduleOptions {
  readonly directory: ExperimentDirectory;
  readonly experiment: ExperimentFile;
  readonly name: string;
  /** Trainer processes side by side; null for one per core. */
  readonly jobs: number | null;
  readonly dataDirectory: string | null;
  readonly trainerScript: string;
  readonly signal: AbortSignal;
  readonly onSnapshot: (snapshot: LiveSnapshot) => void;
}

export type ScheduleEnd =
  | { readonly state: "done"; readonly results: Results }
  | { readonly state: "cancelled" }
  | { readonly state: "failed"; readonly message: string };

/**
 * Trains every run of an experiment that is not finished yet and computes the results. The directory is the
 * only state: after a crash the same call goes on where it stopped.
 */
export async function runExperiment(options: ScheduleOptions): Promise<ScheduleEnd> {
  const { directory, experiment, name, onSnapshot } = options;
  await directory.create();
  await writeFileAtomic(
    directory.experimentFile(),
    `${JSON.stringify({ ...experiment, name }, null, 2)}\n`,
  );
  await withdrawRequest(directory, "cancel");
  await withdrawRequest(directory, "pause");
  const queued = plan(experiment).map(({ run }): LiveRun => ({ run, key: "", state: "queued" }));
  const board = new LiveBoard(name, directory.liveFile(), queued, onSnapshot);
  const cancelled = new AbortController();
  const signal = AbortSignal.any([options.signal, cancelled.signal]);
  const workers: QueueWorker[] = [];
  const stopWatching = watchRequests(directory, (request, present) => {
    if (request === "cancel") cancelled.abort();
    else {
      for (const worker of workers) worker.tell(present ? "pause" : "resume");
      board.setState(present ? "paused" : "running");
    }
  });
  try {
    return await schedule(options, board, signal, workers);
  } catch (error) {
    if (signal.aborted) return cancelledEnd(board);
    const message = error instanceof Error ? error.message : String(error);
    board.setState("failed", message);
    return { state: "failed", message };
  } finally {
    stopWatching();
    await board.close();
    await withdrawRequest(directory, "cancel");
    await withdrawRequest(directory, "pause");
  }
}

async function schedule(
  options: ScheduleOptions,
  board: LiveBoard,
  signal: AbortSignal,
  workers: QueueWorker[],
): Promise<ScheduleEnd> {
  const { directory, experiment, name } = options;
  const settings = trainingSettings(experiment);
  const data = await locateData(settings.dataset, options.dataDirectory, experiment.train.folder);
  const { trainer, engine } = await TrainerProcess.start(
    options.trainerScript,
    settings,
    data.labelKinds,
  );
  const results = new ResultsBuilder(directory, experiment, name, (run) =>
    measureRun(directory, run),
  );
  const times = new RunTimes(directory);
  const abortOnFailure = new AbortController();
  const training: Training = {
    directory,
    trainerScript: options.trainerScript,
    settings,
    data,
    engine,
    signal: AbortSignal.any([signal, abortOnFailure.signal]),
    onRun: (run) => {
      board.setRun(run);
    },
    onFinished: async ({ run, key }, record, time) => {
      await times.write(key, time);
      board.setRun(finishedRun(await results.add({ run, record }), time.seconds));
      await results.writeWithoutMaps();
    },
  };
  try {
    const queue = await openRuns(options, board, training, results, times);
    board.begin();
    const count = Math.min(options.jobs ?? availableParallelism(), Math.max(1, queue.length));
    for (let i = 0; i < count; i++)
      workers.push(new QueueWorker(training, queue, i === 0 ? trainer : null));
    await Promise.all(
      workers.map((worker) =>
        worker.work().catch((error: unknown) => {
          abortOnFailure.abort();
          throw error;
        }),
      ),
    );
  } finally {
    abortOnFailure.abort();
    await trainer.stop();
    await directory.removeAbandonedAttempts();
  }
  return finish(board, results, signal);
}

/** Shows the runs that are finished already and returns the others. */
async function openRuns(
  { directory, experiment }: ScheduleOptions,
  board: LiveBoard,
  { data, engine }: Training,
  results: ResultsBuilder,
  times: RunTimes,
): Promise<QueuedRun[]> {
  const open: QueuedRun[] = [];
  for (const planned of plan(experiment)) {
    const { run, settings, seeds } = planned;
    const key = runKey({ settings, seeds, dataSha256: data.sha256, engine });
    const record = await directory.readRun(key);
    if (!record) {
      open.push({ ...planned, key });
      board.setRun({ run, key, state: "queued" });
      continue;
    }
    board.setRun(finishedRun(await results.add({ run, record }), await times.read(key)));
  }
  return open;
}

async function finish(
  board: LiveBoard,
  results: ResultsBuilder,
  signal: AbortSignal,
): Promise<ScheduleEnd> {
  if (signal.aborted) return cancelledEnd(board);
  board.setState("analysing");
  const complete = await results.writeWithMaps(signal);
  const failed = board.runsIn("failed");
  if (failed.length > 0) {
    const first = failed.at(0);
    const message = `${failed.length} of ${complete.planned} runs failed. The first says: ${first?.state === "failed" ? first.message : ""}`;
    board.setState("failed", message);
    return { state: "failed", message };
  }
  board.setState("done");
  return { state: "done", results: complete };
}

function cancelledEnd(board: LiveBoard): ScheduleEnd {
  board.setState("cancelled");
  return { state: "cancelled" };
}

function finishedRun(
  { run, key, distance, testAccuracy }: RunResult,
  seconds: number | null,
): LiveRun {
  return { run, key, state: "finished", distance, testAccuracy, seconds };
}
