import { plan } from "../../experiment/plan";
import { requestOf } from "../../experiment/run-record";
import type { RunnerWork } from "../runner";
import { uid, type QueueLine } from "./queue";
import type { RunStates } from "./run-states";
import { Submission, submissionIds } from "./submission";
import { TaskArray } from "./task-array";

/**
 * What an earlier submitter left in the queue. An array whose number was not noted is looked up by its name; where
 * Slurm does not know it either, its folder goes, and with it the array should it come up late. What is not asked for
 * any more is cancelled.
 * @throws Error where it is another user's
 */
export async function adopt(
  work: RunnerWork,
  states: RunStates,
  queue: readonly QueueLine[],
): Promise<TaskArray[]> {
  const arrays: TaskArray[] = [];
  for (const id of await submissionIds(work.directory)) {
    const submission = await Submission.open(work.directory, id);
    if (!submission) continue;
    if (submission.file.uid !== uid())
      throw new Error(
        `${submission.folder} was submitted by another user (${submission.file.uid}): only that user can go on with it.`,
      );
    const known = await submission.job();
    const jobId = known ?? queue.find(({ jobName }) => jobName === submission.jobName)?.jobId;
    const array = jobId && new TaskArray(submission, jobId, wantedOf(submission, work, states));
    if (!array) {
      await submission.remove();
      continue;
    }
    if (known === null) await submission.noteJob(array.jobId);
    if (array.wanted.size === 0 || (await submission.isCancelled())) {
      await submission.markCancelled();
      await array.cancel(queue).catch(() => undefined);
      await submission.remove();
      continue;
    }
    states.submitted(array.wanted);
    arrays.push(array);
  }
  return arrays;
}

/** Runs of a submission that are still to be done as they were when it was made. */
function wantedOf({ file }: Submission, work: RunnerWork, states: RunStates): Set<number> {
  const then = new Map(plan(file.experiment).map((run) => [run.run, run]));
  const now = new Map(work.runs.map((run) => [run.run, run]));
  const same = file.data.sha256 === work.data.sha256;
  return new Set(
    file.tasks.flat().filter((run) => {
      const [before, asked] = [then.get(run), now.get(run)];
      return (
        same &&
        before !== undefined &&
        asked !== undefined &&
        !states.hasEnded(run) &&
        requestOf(before.settings, before.seeds) === requestOf(asked.settings, asked.seeds)
      );
    }),
  );
}
