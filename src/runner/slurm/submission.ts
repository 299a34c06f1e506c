import { randomBytes } from "node:crypto";
import { access, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../../experiment/atomic-file";
import type { DataLocation } from "../../experiment/data-location";
import { experimentSchema } from "../../experiment/experiment";
import {
  parseJson,
  readTextOrNull,
  type ExperimentDirectory,
} from "../../experiment/experiment-directory";

const idPattern = /^[0-9a-f]{32}$/;

const dataSchema: z.ZodType<DataLocation> = z.strictObject({
  folder: z.string(),
  sha256: z.string(),
  labelKinds: z.int().min(0),
});

const fileSchema = z.strictObject({
  format: z.literal("weight-odometer submission 1"),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  uid: z.int(),
  experiment: experimentSchema,
  data: dataSchema,
  /** --data, for nodes that do not see the folder. */
  dataDirectory: z.string().nullable(),
  /** Trainings side by side in a task. */
  workers: z.int().min(1).max(4096),
  /** Seconds between two reports of a task. */
  reportSeconds: z.number().min(0.1).max(3600),
  /** Runs of each task of the array. */
  tasks: z
    .array(z.array(z.int().min(0)))
    .min(1)
    .max(1_000_000),
});

/** `submission.json`: what one job array is to do. Written before it is submitted, never changed. */
export type SubmissionFile = z.infer<typeof fileSchema>;

/**
 * A folder slurm/<id>/ for one job array: submission.json, `job` (its id, once Slurm told it), task-<n>.json (what
 * tasks report), `cancelled`. The job's name carries the id, which no other submission ever has: an array whose number
 * was not noted is found by its name, and one that nobody waits for finds its folder gone and ends at once.
 */
export class Submission {
  constructor(
    readonly folder: string,
    readonly file: SubmissionFile,
  ) {}

  get id(): string {
    return path.basename(this.folder);
  }

  get jobName(): string {
    return jobNameOf(this.id);
  }

  /** Writes a new one, whole: aside, then renamed. */
  static async create(directory: ExperimentDirectory, file: SubmissionFile): Promise<Submission> {
    const folder = path.join(directory.submissionsRoot(), randomBytes(16).toString("hex"));
    const aside = `${folder}.new`;
    try {
      await mkdir(aside, { recursive: true });
      await writeFileAtomic(path.join(aside, "submission.json"), JSON.stringify(file));
      await rename(aside, folder);
    } catch (error) {
      await rm(aside, { recursive: true, force: true });
      throw error;
    }
    return new Submission(folder, file);
  }

  /** The submission of an id; null where it is gone. @throws Error where its file is none */
  static async open(directory: ExperimentDirectory, id: string): Promise<Submission | null> {
    if (!idPattern.test(id)) throw new Error(`${JSON.stringify(id)} is no submission.`);
    const folder = path.join(directory.submissionsRoot(), id);
    const file = path.join(folder, "submission.json");
    const text = await readTextOrNull(file);
    if (text === null) return null;
    const read = fileSchema.safeParse(parseJson(text));
    if (!read.success)
      throw new Error(
        `${file} is not a submission of this version: ${z.prettifyError(read.error)}`,
      );
    return new Submission(folder, read.data);
  }

  /** Array id that Slurm gave; null before that was noted. */
  async job(): Promise<string | null> {
    const text = await readTextOrNull(path.join(this.folder, "job"));
    return text !== null && /^\d+$/.test(text) ? text : null;
  }

  async noteJob(jobId: string): Promise<void> {
    await writeFileAtomic(path.join(this.folder, "job"), jobId);
  }

  /** Tasks look for this mark, also those that Slurm lost sight of. */
  async markCancelled(): Promise<void> {
    await writeFile(path.join(this.folder, "cancelled"), "").catch(() => undefined);
  }

  async isCancelled(): Promise<boolean> {
    return exists(path.join(this.folder, "cancelled"));
  }

  async isGone(): Promise<boolean> {
    return !(await exists(path.join(this.folder, "submission.json")));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

export function jobNameOf(id: string): string {
  return `weight-odometer-${id}`;
}

/** Ids of submissions that have not ended. */
export async function submissionIds(directory: ExperimentDirectory): Promise<readonly string[]> {
  const names = await readdir(directory.submissionsRoot()).catch(() => []);
  return names.filter((name) => idPattern.test(name)).sort();
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
