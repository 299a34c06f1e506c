import type { Results, RunResult } from "../protocol/results";
import { writeFileAtomic } from "./atomic-file";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import type { MeasuredRun } from "./ledger";
import { mostRunsOnCurves } from "./metric-results";
import { comparedRuns } from "./plan";
import { resultsOfRuns } from "./results-of-runs";
import { currentRunMetrics, metricSourcesOf, type RunMetrics } from "./run-metrics";
import { analysisOf, type RunsAnalysis } from "./runs-analysis";

/** Gathers finished runs into an experiment's results; where a run comes twice the last holds. */
export class ResultsBuilder {
  private readonly measured = new Map<number, MeasuredRun>();
  /** What was read of the user's metrics, by the runs' keys. */
  private readonly metrics = new Map<string, RunMetrics>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: ExperimentDirectory,
    private readonly experiment: ExperimentFile,
    private readonly name: string,
  ) {}

  add(run: MeasuredRun): void {
    this.measured.set(run.result.run, run);
  }

  /** Results of all runs that were added, the one that repeats the first among them. */
  measuredRuns(): readonly RunResult[] {
    return Array.from(this.measured.values(), ({ result }) => result);
  }

  /** Statistics alone, for live views: maps take longer. */
  async writeWithoutMaps(): Promise<void> {
    await this.readMetrics();
    await this.write(this.results(null));
  }

  /** Everything, to be written. @throws the signal's reason where it is aborted */
  async withMaps(signal?: AbortSignal): Promise<Results> {
    await this.readMetrics();
    return this.results(await analysisOf(this.directory, this.alive(), this.repetition(), signal));
  }

  /** One write after the other: two runs may finish at once. One that failed does not keep the next from the disk. */
  write(results: Results): Promise<void> {
    this.writing = this.writing
      .catch(() => undefined)
      .then(() => writeFileAtomic(this.directory.resultsFile(), `${JSON.stringify(results)}\n`));
    return this.writing;
  }

  /** All but the one that repeats the first: it would be counted twice. */
  private runs(): readonly MeasuredRun[] {
    const compared = comparedRuns(this.experiment);
    return [...this.measured.values()]
      .filter(({ result }) => result.run < compared)
      .sort((a, b) => a.result.run - b.result.run);
  }

  private alive(): readonly RunResult[] {
    return this.runs()
      .map(({ result }) => result)
      .filter(({ distance }) => distance !== null);
  }

  /** Of runs that curves are drawn of, those that were added since the last time. */
  private async readMetrics(): Promise<void> {
    const sources = metricSourcesOf(this.experiment);
    if (Object.keys(sources).length === 0) return;
    for (const { key } of this.alive().slice(0, mostRunsOnCurves))
      if (!this.metrics.has(key))
        this.metrics.set(key, await currentRunMetrics(this.directory.runFolder(key), sources));
  }

  /** The first run and the one that repeats it; null where one is missing. */
  private repetition(): readonly [RunResult, RunResult] | null {
    const [first, again] = [0, comparedRuns(this.experiment)].map((run) => this.measured.get(run));
    return first && again ? [first.result, again.result] : null;
  }

  private results(analysis: RunsAnalysis | null): Results {
    return resultsOfRuns(this.experiment, this.name, this.runs(), analysis, this.metrics);
  }
}
