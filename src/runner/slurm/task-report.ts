import path from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../../experiment/atomic-file";
import { parseJson, readTextOrNull } from "../../experiment/experiment-directory";
import { runResultSchema } from "../../experiment/run-result-schema";
import type { LiveRun } from "../../protocol/live";
import type { RunResult } from "../../protocol/results";
import type { RunTime } from "../trainer";

/** What a task says of one of its runs. */
export type TaskRun =
  | Exclude<LiveRun, { state: "finished" }>
  | {
      readonly state: "finished";
      readonly run: number;
      readonly key: string;
      /** Null where it was finished before. */
      readonly time: RunTime | null;
      readonly result: RunResult | null;
    };

/** `task-<index>.json`: a whole snapshot, written by the task alone, aside and renamed. */
export interface TaskReport {
  readonly format: "weight-odometer task 1";
  /** "over" when each of its runs has ended, one way or the other. */
  readonly state: "working" | "over" | "stopped";
  /** Why it stopped; null where that goes without saying. */
  readonly message: string | null;
  readonly host: string;
  readonly runs: readonly TaskRun[];
}

const count = z.int().min(0);
const base = { run: count, key: z.string().regex(/^([0-9a-f]{32})?$/) };
const share = z.number().min(0).max(1).nullable();
const speed = z.number().min(0).nullable();

const runSchema: z.ZodType<TaskRun> = z.union([
  z.strictObject({ ...base, state: z.literal("queued") }),
  z.strictObject({
    ...base,
    state: z.literal("running"),
    kind: z.literal("command"),
    attempt: count,
    step: count.nullable(),
    stepSeconds: z.number().min(0).nullable().default(null),
    distance: z.number().min(0).nullable(),
    metrics: z.record(z.string(), z.number()).default({}),
    clock: z
      .strictObject({ seconds: z.number().min(0), since: z.number().nullable() })
      .default({ seconds: 0, since: null }),
    log: z.string(),
  }),
  z.strictObject({
    ...base,
    state: z.literal("running"),
    kind: z.undefined().optional(),
    epoch: count,
    epochs: count,
    step: count,
    steps: z.int().min(1),
    loss: z
      .number()
      .nullable()
      .transform((loss) => loss ?? NaN),
    imagesPerSecond: speed,
    accuracy: share,
  }),
  z.strictObject({ ...base, state: z.literal("failed"), message: z.string() }),
  z.strictObject({
    ...base,
    state: z.literal("finished"),
    time: z
      .strictObject({
        seconds: z.number().min(0),
        pace: z
          .strictObject({
            secondsToFirstStep: speed,
            imagesPerSecond: speed,
            peakMemoryBytes: z.number().min(0),
          })
          .nullable(),
      })
      .nullable(),
    result: runResultSchema.nullable(),
  }),
]);

const reportSchema: z.ZodType<TaskReport> = z.strictObject({
  format: z.literal("weight-odometer task 1"),
  state: z.enum(["working", "over", "stopped"]),
  message: z.string().nullable(),
  host: z.string(),
  runs: z.array(runSchema).max(1_000_000),
});

export function reportFile(folder: string, task: number): string {
  return path.join(folder, `task-${task}.json`);
}

export async function writeReport(folder: string, task: number, report: TaskReport): Promise<void> {
  await writeFileAtomic(reportFile(folder, task), JSON.stringify(report));
}

/** A task's last report; null where there is none, or none that can be read: the next one may. */
export async function readReport(folder: string, task: number): Promise<TaskReport | null> {
  const text = await readTextOrNull(reportFile(folder, task));
  return text === null ? null : (reportSchema.safeParse(parseJson(text)).data ?? null);
}
