import type { SlurmSettings } from "../../experiment/runner-settings";
import type { EngineChoice } from "../../protocol/trainer";
import type { RunnerWork } from "../runner";
import { slurm, SlurmError } from "./commands";
import { jobScript, sbatchArguments } from "./job-script";
import { runsSideBySide } from "./packing";
import { sharedPrograms } from "./shared-programs";
import { uid } from "./queue";
import { Submission } from "./submission";
import { TaskArray } from "./task-array";

/** What runs on the compute nodes. */
export interface Programs {
  /** The command line's bundle on this machine. */
  readonly cli: string;
  readonly dataDirectory: string | null;
  readonly engine: EngineChoice;
}

/** Reports a second that all tasks of an array may write together. */
const reportsPerSecond = 50;
const leastReportSeconds = 2;

/**
 * Submits one job array. Its folder is there before Slurm hears of it, so that nobody who is killed in between loses or
 * doubles it.
 * @throws SlurmError with Slurm's own words where it refuses
 */
export async function submit(
  settings: SlurmSettings,
  { cli, dataDirectory, engine }: Programs,
  { directory, experiment, data }: RunnerWork,
  tasks: number[][],
  throttle: number | null,
): Promise<TaskArray> {
  const shared = await sharedPrograms(cli, directory.root);
  const submission = await Submission.create(directory, {
    format: "weight-odometer submission 1",
    createdAt: Date.now(),
    uid: uid(),
    experiment,
    data,
    dataDirectory,
    workers: runsSideBySide(settings),
    reportSeconds: Math.max(leastReportSeconds, tasks.length / reportsPerSecond),
    tasks,
  });
  const { root } = directory;
  const command = {
    node: settings.node ?? process.execPath,
    cli: shared,
    root,
    submission: submission.id,
    engine,
  };
  try {
    const printed = await slurm(
      "sbatch",
      sbatchArguments(settings, submission.jobName, tasks.length, throttle, directory.logFile("")),
      jobScript(settings.prologue ?? [], command),
    );
    // "id", or "id;cluster".
    const jobId = /^(\d+)/m.exec(printed)?.[1];
    if (jobId === undefined) throw new SlurmError(`Slurm says: ${printed}`);
    await submission.noteJob(jobId);
    return new TaskArray(submission, jobId, new Set(tasks.flat()));
  } catch (error) {
    // Should it come up nevertheless, it finds nothing to do.
    await submission.remove();
    throw error;
  }
}
