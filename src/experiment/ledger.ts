import { appendFile, readFile } from "node:fs/promises";
import type { RunPlace, RunResult } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import { detailOf, entryOf, lineOf, parseLine, type LedgerEntry } from "./ledger-line";
import type { RunRecord } from "./run-record";
import { currentRunMetrics, sourcesMark, valuesOf, type MetricSources } from "./run-metrics";
import { measureRun, withMetrics } from "./run-result";

/** A finished run, measured. */
export interface MeasuredRun {
  readonly result: RunResult;
  readonly origin: string;
  readonly engine: RunRecord["engine"];
  readonly parameters: number;
}

/**
 * The finished runs of a directory. What counts is which folders lie in runs/; what is in them is kept in index.jsonl,
 * so that 100,000 of them open without reading as many files. A key names all that decides a run's bytes, so that a
 * line never grows stale, but for the user's metrics: they are read anew where they are to come from somewhere else than
 * then. Lines are appended, each with its line break first, and the last of a run holds: one that was cut off is read anew
 * from its run, as are all where the file is deleted.
 */
export class Ledger {
  private readonly indexed: Map<string, LedgerEntry>;
  private readonly mark: string;
  private readonly present = new Map<string, LedgerEntry>();

  private constructor(
    private readonly directory: ExperimentDirectory,
    private readonly sources: MetricSources,
    index: Buffer,
  ) {
    this.indexed = entriesOf(index);
    this.mark = sourcesMark(sources);
  }

  /**
   * @param sources what the metrics of a command's runs are read from
   * @throws Error with the file's name on a record that is not one
   */
  static async open(directory: ExperimentDirectory, sources: MetricSources): Promise<Ledger> {
    const ledger = new Ledger(directory, sources, await bytesOf(directory.indexFile()));
    await ledger.refresh();
    return ledger;
  }

  /** Looks again which runs are finished. */
  async refresh(): Promise<void> {
    for (const key of await this.directory.finishedKeys()) {
      if (this.present.has(key)) continue;
      const entry = this.indexed.get(key) ?? (await this.entryFromRecord(key));
      if (entry) this.present.set(key, entry);
    }
  }

  entries(): Iterable<LedgerEntry> {
    return this.present.values();
  }

  entry(key: string): LedgerEntry | undefined {
    return this.present.get(key);
  }

  /**
   * A finished run's result: from the index, or measured now and written there.
   * @throws Error where its files are not those of a run
   */
  async measured(place: RunPlace, key: string): Promise<MeasuredRun> {
    const entry = this.present.get(key);
    const detail = entry && detailOf(entry);
    const known = detail?.result.key === key ? detail : null;
    if (entry && known && known.metricSources === this.markOf(known.engine)) {
      const { engine, parameters, result } = known;
      return { result: { ...result, ...place }, origin: entry.origin, engine, parameters };
    }
    const record = await this.directory.readRun(key);
    if (!record) throw new Error(`${this.directory.runFolder(key)} is no longer there.`);
    return this.add(place, record, known && known.result);
  }

  /** Takes in a run that has just been finished; measures it where nobody has. */
  async add(place: RunPlace, record: RunRecord, result: RunResult | null): Promise<MeasuredRun> {
    const ofWeights = result ?? (await measureRun(this.directory, { place, record }));
    const measured =
      record.engine.name === "command" ? await this.withCurrentMetrics(ofWeights) : ofWeights;
    const entry = entryOf(record, measured, this.markOf(record.engine));
    this.present.set(record.key, entry);
    // It can be made anew: a full disk, or a folder that may only be read, does no harm.
    await appendFile(this.directory.indexFile(), `\n${lineOf(entry)}`).catch(() => undefined);
    const { engine, parameters } = record;
    return { result: { ...measured, ...place }, origin: entry.origin, engine, parameters };
  }

  /** Empty of built-in models, which have no metrics of the user's. */
  private markOf({ name }: RunRecord["engine"]): string {
    return name === "command" ? this.mark : "";
  }

  private async withCurrentMetrics(result: RunResult): Promise<RunResult> {
    const folder = this.directory.runFolder(result.key);
    return withMetrics(result, valuesOf(await currentRunMetrics(folder, this.sources)));
  }

  private async entryFromRecord(key: string): Promise<LedgerEntry | null> {
    const record = await this.directory.readRun(key);
    return record && entryOf(record, null);
  }
}

function entriesOf(index: Buffer): Map<string, LedgerEntry> {
  const entries = new Map<string, LedgerEntry>();
  for (let start = 0; start < index.length;) {
    const newline = index.indexOf("\n", start);
    const end = newline < 0 ? index.length : newline;
    const entry = parseLine(index.subarray(start, end));
    if (entry) entries.set(entry.key, entry);
    start = end + 1;
  }
  return entries;
}

/** Nothing where there is no such file. */
async function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  });
}
