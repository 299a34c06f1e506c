import type { Results, RunResult } from "../protocol/results";
import { writeFileAtomic } from "./atomic-file";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import type { MeasuredRun } from "./ledger";
import { comparedRuns } from "./plan";
import { resultsOfRuns } from "./results-of-runs";
import { analysisOf, type RunsAnalysis } from "./runs-analysis";

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

  /** Results of all runs that were added, the one that repeats the first among them. */
  measuredRuns(): readonly RunResult[] {
    return Array.from(this.measured.values(), ({ result }) => result);
  }

  /** Statistics alone, for live views: maps take longer. */
  async writeWithoutMaps(): Promise<void> {
    await this.write(this.results(null));
  }

  /** Everything, to be written. @throws the signal's reason where it is aborted */
  async withMaps(signal?: AbortSignal): Promise<Results> {
    const alive = this.runs()
      .map(({ result }) => result)
      .filter(({ distance }) => distance !== null);
    return this.results(await analysisOf(this.directory, alive, this.repetition(), signal));
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

  /** The first run and the one that repeats it; null where one is missing. */
  private repetition(): readonly [RunResult, RunResult] | null {
    const [first, again] = [0, comparedRuns(this.experiment)].map((run) => this.measured.get(run));
    return first && again ? [first.result, again.result] : null;
  }

  private results(analysis: RunsAnalysis | null): Results {
    return resultsOfRuns(this.experiment, this.name, this.runs(), analysis);
  }
}
