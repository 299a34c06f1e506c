import type { Results } from "../protocol/results";
import { analyseRuns } from "./analyse-runs";
import { writeFileAtomic } from "./atomic-file";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import type { MeasuredRun } from "./ledger";
import { resultsOfRuns, type RunsAnalysis } from "./results-of-runs";

/** Gathers finished runs into an experiment's results; where a run comes twice the last holds. */
export class ResultsBuilder {
  private readonly measured = new Map<number, MeasuredRun>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: ExperimentDirectory,
    private readonly experiment: ExperimentFile,
    private readonly name: string,
  ) {}

  add(run: MeasuredRun): void {
    this.measured.set(run.result.run, run);
  }

  /** Statistics alone, for live views: maps take longer. */
  async writeWithoutMaps(): Promise<void> {
    await this.write(this.results(null));
  }

  /** Everything. @throws the signal's reason where it is aborted */
  async writeWithMaps(signal?: AbortSignal): Promise<Results> {
    const alive = this.runs()
      .map(({ result }) => result)
      .filter(({ distance }) => distance !== null);
    const results = this.results(
      await analyseRuns(this.directory, alive, signal ? { signal } : {}),
    );
    await this.write(results);
    return results;
  }

  private runs(): readonly MeasuredRun[] {
    return [...this.measured.values()].sort((a, b) => a.result.run - b.result.run);
  }

  private results(analysis: RunsAnalysis | null): Results {
    return resultsOfRuns(this.experiment, this.name, this.runs(), analysis);
  }

  /** One write after the other: two runs may finish at once. One that failed does not keep the next from the disk. */
  private write(results: Results): Promise<void> {
    this.writing = this.writing
      .catch(() => undefined)
      .then(() => writeFileAtomic(this.directory.resultsFile(), `${JSON.stringify(results)}\n`));
    return this.writing;
  }
}
