import { appendFile } from "node:fs/promises";
import { hostname } from "node:os";
import {
  parseJson,
  readTextOrNull,
  type ExperimentDirectory,
} from "../experiment/experiment-directory";
import type { RunTime } from "./trainer";

/** How long runs took: a line each in log/times.jsonl, apart from their records so that those are the same on every machine. */
export class RunTimes {
  private constructor(
    private readonly file: string,
    private readonly byKey: Map<string, number>,
  ) {}

  static async open(directory: ExperimentDirectory): Promise<RunTimes> {
    const file = directory.logFile("times.jsonl");
    const byKey = new Map<string, number>();
    for (const line of ((await readTextOrNull(file)) ?? "").split("\n")) {
      const { key, seconds } = (parseJson(line) ?? {}) as { key?: unknown; seconds?: unknown };
      if (typeof key === "string" && typeof seconds === "number") byKey.set(key, seconds);
    }
    return new RunTimes(file, byKey);
  }

  /** Only a log: what cannot be written is left out. The line break goes first, to end one that was cut off. */
  async write(key: string, { seconds, pace }: RunTime): Promise<void> {
    this.byKey.set(key, seconds);
    const line = { key, seconds, ...pace, finishedAt: new Date().toISOString(), host: hostname() };
    await appendFile(this.file, `\n${JSON.stringify(line)}`).catch(() => undefined);
  }

  /** Seconds; null where it is not known. */
  read(key: string): number | null {
    return this.byKey.get(key) ?? null;
  }

  /** Mean over all runs; null where none is known. */
  mean(): number | null {
    const all = [...this.byKey.values()];
    return all.length === 0 ? null : all.reduce((sum, value) => sum + value, 0) / all.length;
  }
}
