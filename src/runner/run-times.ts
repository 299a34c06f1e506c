import { hostname } from "node:os";
import { writeFileAtomic } from "../experiment/atomic-file";
import {
  parseJson,
  readTextOrNull,
  type ExperimentDirectory,
} from "../experiment/experiment-directory";

import type { RunTime } from "./run-queue";

/** How long runs took, kept apart from their records so that those are the same on every machine. */
export class RunTimes {
  constructor(private readonly directory: ExperimentDirectory) {}

  async write(key: string, { seconds, pace }: RunTime): Promise<void> {
    const finishedAt = new Date().toISOString();
    await writeFileAtomic(
      this.file(key),
      JSON.stringify({ seconds, ...pace, finishedAt, host: hostname() }),
    );
  }

  /** Seconds; null where it is not known. */
  async read(key: string): Promise<number | null> {
    const value = parseJson((await readTextOrNull(this.file(key))) ?? "");
    const seconds = (value as { seconds?: unknown } | undefined)?.seconds;
    return typeof seconds === "number" ? seconds : null;
  }

  private file(key: string): string {
    return this.directory.logFile(`${key}.json`);
  }
}
