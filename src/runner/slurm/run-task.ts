import { access } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { DataLocation } from "../../experiment/data-location";
import { dataOf } from "../../experiment/data-of-experiment";
import type { ExperimentFile } from "../../experiment/experiment";
import type { ExperimentDirectory } from "../../experiment/experiment-directory";
import { plan } from "../../experiment/plan";
import { DiskFullError } from "../disk-full";
import { resumedKeys } from "../resumed-keys";
import { LocalRunner } from "../local-runner";
import type { StartTrainer } from "../trainer";
import { killDescendants, markDescendants } from "../descendants";
import { Submission } from "./submission";
import { TaskReporter } from "./task-reporter";

/** Exit code that asks Slurm to queue the task again (RequeueExit); where it does not, our submitter does. */
const requeue = 75;
/** How long a full disk is waited for before the nodes are given back. */
const fullDiskWaits = [2, 4, 8, 16, 32, 60, 60, 60, 60];

/**
 * One task of a job array, on a compute node: trains its share of the runs as this machine would and reports to files.
 * It touches nothing but its runs' own folders and its report, so that it may be killed at any time, and run twice.
 * @returns the exit code
 */
export async function runTask(
  directory: ExperimentDirectory,
  id: string,
  task: number,
  trainers: (experiment: ExperimentFile, workers: number) => StartTrainer,
  signal: AbortSignal,
): Promise<number> {
  const submission = await Submission.open(directory, id);
  // Nobody waits for it any more.
  if (!submission || (await submission.isCancelled())) return 0;
  const { experiment, workers, reportSeconds, tasks } = submission.file;
  const own = new Set(tasks[task]);
  const runs = plan(experiment).filter(({ run }) => own.has(run));
  const mark = markDescendants();
  const reporter = new TaskReporter(directory, submission, task, runs);
  const dropped = new AbortController();
  const watch = setInterval(() => {
    void reporter.write();
    void Promise.all([submission.isCancelled(), submission.isGone()]).then((found) => {
      if (found.includes(true)) dropped.abort();
    });
  }, 1000 * reportSeconds);
  const stop = AbortSignal.any([signal, dropped.signal]);
  try {
    await reporter.write();
    const data = await dataHere(submission);
    for (const wait of [...fullDiskWaits, null]) {
      try {
        await new LocalRunner(trainers(experiment, workers), workers).execute({
          directory,
          experiment,
          data,
          runs,
          finished: { has: directory.hasRun, find: () => null },
          signal: stop,
          secondsPerRun: () => null,
          report: reporter,
        });
        reporter.end(stop.aborted ? "stopped" : "over", null);
        return stop.aborted ? 1 : 0;
      } catch (error) {
        if (!(error instanceof DiskFullError) || stop.aborted) throw error;
        reporter.setMessage(error.message);
        if (wait === null) return requeue;
        await setTimeout(1000 * wait, undefined, { signal: stop });
        reporter.setMessage(null);
      }
    }
    return requeue;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    reporter.end("stopped", stop.aborted ? null : message);
    if (!stop.aborted) process.stderr.write(`${message}\n`);
    return 1;
  } finally {
    clearInterval(watch);
    killDescendants(mark);
    await directory
      .removeAbandonedAttempts(resumedKeys(experiment, submission.file.data))
      .catch(() => undefined);
    await reporter.write();
  }
}

/** The data where the submitter found them, or the same bytes elsewhere. @throws Error where they are not here */
async function dataHere({ file }: Submission): Promise<DataLocation> {
  const { data, dataDirectory, experiment } = file;
  if (data.folder === "" || (await isThere(data.folder))) return data;
  const found = await dataOf(experiment, dataDirectory);
  if (found.sha256 === data.sha256) return found;
  throw new Error(`The data in ${found.folder} differ from those where this was submitted.`);
}

async function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}
