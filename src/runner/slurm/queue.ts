import { slurm } from "./commands";

/** Some tasks of one job array in one state. */
export interface QueueLine {
  readonly jobId: string;
  readonly jobName: string;
  readonly uid: number;
  /** Seconds since the epoch. */
  readonly submittedAt: number;
  /** Indices in the array; null where Slurm does not tell them. */
  readonly tasks: readonly number[] | null;
  /** Such as PENDING, RUNNING, FAILED. */
  readonly state: string;
  /** Why it waits, such as Resources. */
  readonly reason: string;
}

const format = "%F|%K|%T|%U|%V|%j|%r";

/** All jobs of this user that are waiting or running, in one query. @throws SlurmError */
export async function listQueue(): Promise<readonly QueueLine[]> {
  return parseQueue(await slurm("squeue", ["--noheader", `--user=${uid()}`, `--format=${format}`]));
}

/** A job's tasks in whatever state, as long as Slurm remembers them: some minutes. */
export async function listJob(jobId: string): Promise<readonly QueueLine[]> {
  const all = ["--noheader", "--states=all", `--jobs=${jobId}`, `--format=${format}`];
  return slurm("squeue", all).then(parseQueue, () => []);
}

export function uid(): number {
  return process.getuid?.() ?? -1;
}

/** Lines of squeue in our format; others are passed over. */
export function parseQueue(text: string): QueueLine[] {
  return text.split("\n").flatMap((line) => {
    const fields = line.split("|");
    if (fields.length < 7 || !/^\d+$/.test(fields[0])) return [];
    const [jobId, tasks, state, uid, submittedAt, jobName, ...reason] = fields;
    return [
      {
        jobId,
        jobName,
        uid: Number(uid),
        submittedAt: Number(submittedAt),
        tasks: parseTasks(tasks),
        state,
        reason: reason.join("|"),
      },
    ];
  });
}

/** Indices such as "7" or "0-3,9%2"; null for "N/A". */
function parseTasks(text: string): number[] | null {
  const list = text.replace(/%\d+$/, "");
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(list)) return null;
  return list.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  });
}
