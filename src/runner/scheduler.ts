import { writeFileAtomic } from "../experiment/atomic-file";
import { dataOf } from "../experiment/data-of-experiment";
import type { ExperimentFile } from "../experiment/experiment";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { finderOn } from "../experiment/finished-runs";
import { Ledger, type MeasuredRun } from "../experiment/ledger";
import { placeOf, plan } from "../experiment/plan";
import { ResultsBuilder } from "../experiment/results-builder";
import { pruneSteps, pruneWeights, type Keep } from "../experiment/prune-run";
import { keepAnalysis } from "../experiment/runs-analysis";
import { metricSourcesOf } from "../experiment/run-metrics";
import { inWords } from "../experiment/unwritable";
import type { LiveRun, LiveSnapshot } from "../protocol/live";
import type { Results } from "../protocol/results";
import { onceThereIsRoom } from "./disk-full";
import { LiveBoard } from "./live-board";
import { Pace } from "./pace";
import { watchRequests, withdrawRequest } from "./requests";
import type { Runner, RunnerReport } from "./runner";
import { resumedKeys } from "./resumed-keys";
import { RoomGate, type IfShort } from "./room/room-gate";
import { RunTimes } from "./run-times";

/** Results without maps are written at most this often. */
const resultsIntervalMs = 250;

export interface ScheduleOptions {
  readonly directory: ExperimentDirectory;
  readonly experiment: ExperimentFile;
  readonly name: string;
  readonly runner: Runner;
  readonly dataDirectory: string | null;
  readonly ifShort: IfShort;
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
  await writeExperiment(directory, { ...experiment, name });
  await withdrawAll(directory);
  const queued = plan(experiment).map(({ run }): LiveRun => ({ run, key: "", state: "queued" }));
  const board = new LiveBoard(name, directory.liveFile(), queued, onSnapshot);
  const cancelled = new AbortController();
  const signal = AbortSignal.any([options.signal, cancelled.signal]);
  const holds = new Set<"person" | "room">();
  const hold: Hold = (reason, present) => {
    if (present) holds.add(reason);
    else holds.delete(reason);
    runner.tell(holds.size > 0 ? "pause" : "resume");
    board.setState(holds.size > 0 ? "paused" : "running");
  };
  const stopWatching = watchRequests(directory, (request, present) => {
    if (request === "cancel") cancelled.abort();
    else hold("person", present);
  });
  try {
    return await schedule(options, board, signal, hold);
  } catch (error) {
    if (signal.aborted) return cancelledEnd(board);
    const failure = await inWords(error);
    const message = failure instanceof Error ? failure.message : String(failure);
    board.setState("failed", message);
    return { state: "failed", message };
  } finally {
    stopWatching();
    await board.close();
    await withdrawAll(directory);
  }
}

/** Where it is trained does not decide results: without it the directory is the same everywhere. */
async function writeExperiment(
  directory: ExperimentDirectory,
  experiment: ExperimentFile,
): Promise<void> {
  const lasting = { ...experiment, runner: undefined };
  await writeFileAtomic(directory.experimentFile(), `${JSON.stringify(lasting, null, 2)}\n`);
}

async function withdrawAll(directory: ExperimentDirectory): Promise<void> {
  for (const request of ["cancel", "pause", "fill-disk", "keep-final"] as const)
    await withdrawRequest(directory, request);
}

/** Nothing is begun, and what runs rests, while there is a reason. */
type Hold = (reason: "person" | "room", present: boolean) => void;

async function schedule(
  options: ScheduleOptions,
  board: LiveBoard,
  signal: AbortSignal,
  hold: Hold,
): Promise<ScheduleEnd> {
  const { directory, experiment, name, runner, dataDirectory, ifShort } = options;
  const data = await dataOf(experiment, dataDirectory);
  const ledger = await Ledger.open(directory, metricSourcesOf(experiment));
  const results = new ResultsBuilder(directory, experiment, name);
  const room = new RoomGate({
    ...{ directory, experiment, ifShort, signal },
    unfinished: () => board.runsIn("queued").length + board.runsIn("running").length,
    onQuestion: (question) => {
      hold("room", question !== null);
      board.setShortage(question);
    },
    onKeepFinal: async () => {
      await writeExperiment(directory, { ...experiment, name, keep: "final" });
      for (const run of results.measuredRuns()) await pruneSteps(directory, run);
    },
  });
  let begun = false;
  const settle = async (measured: MeasuredRun): Promise<void> => {
    results.add(measured);
    await room.afterRun(measured.result.key, begun);
    if (room.keep !== "all") await pruneSteps(directory, measured.result);
  };
  const interim = new Pace(resultsIntervalMs, () => results.writeWithoutMaps());
  const times = await RunTimes.open(directory);
  const report: RunnerReport = {
    found: async (run, key) => {
      const measured = await ledger.measured(placeOf(run), key);
      board.setRun(finishedRun(measured, times.read(key)));
      await settle(measured);
    },
    begin: async (start) => {
      board.begin();
      await room.beforeRuns(start);
      begun = true;
    },
    run: (run) => {
      board.setRun(run);
    },
    finished: async (run, record, time, result) => {
      await times.write(record.key, time);
      const measured = await ledger.add(placeOf(run), record, result);
      board.setRun(finishedRun(measured, time.seconds));
      interim.due();
      await settle(measured);
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
    await room.close();
    await interim.stop();
    await directory.removeAbandonedAttempts(resumedKeys(experiment, data));
  }
  return finish(directory, board, results, room.keep, signal);
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
    const message = `${failed.length} of ${board.runCount} runs failed. The first says: ${first?.state === "failed" ? first.message : ""}`;
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
  { result: { run, key, distance, testAccuracy, steps } }: MeasuredRun,
  seconds: number | null,
): LiveRun {
  return { run, key, state: "finished", distance, testAccuracy, seconds, steps };
}
