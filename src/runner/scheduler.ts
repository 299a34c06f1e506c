import { writeFileAtomic } from "../experiment/atomic-file";
import { dataOf } from "../experiment/data-of-experiment";
import { isBuiltIn, type ExperimentFile } from "../experiment/experiment";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { finderOn } from "../experiment/finished-runs";
import { Ledger, type MeasuredRun } from "../experiment/ledger";
import { placeOf, plan } from "../experiment/plan";
import { ResultsBuilder } from "../experiment/results-builder";
import { keepOf, pruneSteps, pruneWeights, type Keep } from "../experiment/prune-run";
import { keepAnalysis } from "../experiment/runs-analysis";
import { metricSourcesOf } from "../experiment/run-metrics";
import type { LiveRun, LiveSnapshot } from "../protocol/live";
import type { Results } from "../protocol/results";
import { onceThereIsRoom } from "./disk-full";
import { checkRoom } from "./disk-need";
import { LiveBoard } from "./live-board";
import { Pace } from "./pace";
import { watchRequests, withdrawRequest } from "./requests";
import type { Runner, RunnerReport } from "./runner";
import { resumedKeys } from "./resumed-keys";
import { RunTimes } from "./run-times";

/** Results without maps are written at most this often. */
const resultsIntervalMs = 250;

export interface ScheduleOptions {
  readonly directory: ExperimentDirectory;
  readonly experiment: ExperimentFile;
  readonly name: string;
  readonly runner: Runner;
  readonly dataDirectory: string | null;
  /** Whether it begins runs that may not all fit on the disk. */
  readonly fillDisk: boolean;
  readonly signal: AbortSignal;
  readonly onSnapshot: (snapshot: LiveSnapshot) => void;
}

export type ScheduleEnd =
  | { readonly state: "done"; readonly results: Results }
  | { readonly state: "cancelled" }
  | { readonly state: "failed"; readonly message: string };

/**
 * Has every run of an experiment executed that is not finished yet and computes the results. The directory is the
 * only state: after a crash the same call goes on where it stopped.
 */
export async function runExperiment(options: ScheduleOptions): Promise<ScheduleEnd> {
  const { directory, experiment, name, onSnapshot, runner } = options;
  await directory.create();
  // Where it is trained does not decide results: without it the directory is the same everywhere.
  const lasting = { ...experiment, name, runner: undefined };
  await writeFileAtomic(directory.experimentFile(), `${JSON.stringify(lasting, null, 2)}\n`);
  await withdrawRequest(directory, "cancel");
  await withdrawRequest(directory, "pause");
  const queued = plan(experiment).map(({ run }): LiveRun => ({ run, key: "", state: "queued" }));
  const board = new LiveBoard(name, directory.liveFile(), queued, onSnapshot);
  const cancelled = new AbortController();
  const signal = AbortSignal.any([options.signal, cancelled.signal]);
  const stopWatching = watchRequests(directory, (request, present) => {
    if (request === "cancel") cancelled.abort();
    else {
      runner.tell(present ? "pause" : "resume");
      board.setState(present ? "paused" : "running");
    }
  });
  try {
    return await schedule(options, board, signal);
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
): Promise<ScheduleEnd> {
  const { directory, experiment, name, runner, dataDirectory } = options;
  const data = await dataOf(experiment, dataDirectory);
  const ledger = await Ledger.open(directory, metricSourcesOf(experiment));
  const results = new ResultsBuilder(directory, experiment, name);
  const keep = keepOf(experiment);
  const roomFor = onceForCommands(experiment, options.fillDisk, (key) =>
    checkRoom(directory, key, keep, board.runsIn("queued").length),
  );
  const settle = async ({ result }: MeasuredRun): Promise<void> => {
    await roomFor(result.key);
    if (keep !== "all") await pruneSteps(directory, result);
  };
  const interim = new Pace(resultsIntervalMs, () => results.writeWithoutMaps());
  const times = await RunTimes.open(directory);
  const report: RunnerReport = {
    found: async (run, key) => {
      const measured = await ledger.measured(placeOf(run), key);
      await settle(measured);
      results.add(measured);
      board.setRun(finishedRun(measured, times.read(key)));
    },
    begin: () => {
      board.begin();
    },
    run: (run) => {
      board.setRun(run);
    },
    finished: async (run, record, time, result) => {
      await times.write(record.key, time);
      const measured = await ledger.add(placeOf(run), record, result);
      await settle(measured);
      results.add(measured);
      board.setRun(finishedRun(measured, time.seconds));
      interim.due();
    },
    place: (text) => {
      board.setPlace(text);
    },
  };
  try {
    await runner.execute({
      directory,
      experiment,
      data,
      runs: plan(experiment),
      finished: {
        has: async (key) => ledger.entry(key) !== undefined || (await directory.hasRun(key)),
        find: finderOn(data.sha256, ledger),
      },
      signal,
      secondsPerRun: () => times.mean(),
      report,
    });
  } finally {
    await interim.stop();
    await directory.removeAbandonedAttempts(resumedKeys(experiment, data));
  }
  return finish(directory, board, results, keep, signal);
}

/** Asks once a session, of the first run that is there, whether the others fit on the disk. Built-in models' are small. */
function onceForCommands(
  { train }: ExperimentFile,
  fillDisk: boolean,
  check: (key: string) => Promise<void>,
): (key: string) => Promise<void> {
  let asked = fillDisk || isBuiltIn(train);
  return async (key) => {
    if (asked) return;
    asked = true;
    await check(key);
  };
}

async function finish(
  directory: ExperimentDirectory,
  board: LiveBoard,
  results: ResultsBuilder,
  keep: Keep,
  signal: AbortSignal,
): Promise<ScheduleEnd> {
  if (signal.aborted) return cancelledEnd(board);
  board.setPlace(null);
  board.setState("analysing");
  const complete = await results.withMaps(signal);
  await onceThereIsRoom(
    directory.root,
    () => results.write(complete),
    (text) => {
      board.setPlace(text);
    },
    signal,
  );
  board.setPlace(null);
  const failed = board.runsIn("failed");
  if (failed.length > 0) {
    const first = failed.at(0);
    const message = `${failed.length} of ${complete.planned} runs failed. The first says: ${first?.state === "failed" ? first.message : ""}`;
    board.setState("failed", message);
    return { state: "failed", message };
  }
  if (keep === "none") {
    await keepAnalysis(directory, complete);
    for (const run of results.measuredRuns()) await pruneWeights(directory, run);
  }
  board.setState("done");
  return { state: "done", results: complete };
}

function cancelledEnd(board: LiveBoard): ScheduleEnd {
  board.setState("cancelled");
  return { state: "cancelled" };
}

function finishedRun(
  { result: { run, key, distance, testAccuracy } }: MeasuredRun,
  seconds: number | null,
): LiveRun {
  return { run, key, state: "finished", distance, testAccuracy, seconds };
}
