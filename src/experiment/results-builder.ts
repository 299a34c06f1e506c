import { statistics } from "../distance/statistics";
import type { Results, RunResult, Statistics, TensorStatistics } from "../protocol/results";
import { writeFileAtomic } from "./atomic-file";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import type { FinishedRun } from "./finished-runs";
import { analyseRuns } from "./analyse-runs";
import { trainingSettings } from "./plan";

/** Gathers finished runs into an experiment's results; each run is measured once. */
export class ResultsBuilder {
  private readonly measured: RunResult[] = [];
  private parameters = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: ExperimentDirectory,
    private readonly experiment: ExperimentFile,
    private readonly name: string,
    private readonly measure: (run: FinishedRun) => Promise<RunResult>,
  ) {}

  async add(run: FinishedRun): Promise<RunResult> {
    const result = await this.measure(run);
    this.parameters = run.record.parameters;
    this.measured.push(result);
    return result;
  }

  /** Statistics alone, for live views: maps take longer. */
  async writeWithoutMaps(): Promise<void> {
    await this.write(this.results(null));
  }

  /** Everything. @throws the signal's reason where it is aborted */
  async writeWithMaps(signal?: AbortSignal): Promise<Results> {
    const results = this.results(
      await analyseRuns(this.directory, this.convergedRuns(), signal ? { signal } : {}),
    );
    await this.write(results);
    return results;
  }

  private convergedRuns(): readonly RunResult[] {
    return this.measured.filter(({ distance }) => distance !== null).sort((a, b) => a.run - b.run);
  }

  private results(analysis: Pick<Results, "nearest" | "sphere" | "maps"> | null): Results {
    const { model, dataset } = trainingSettings(this.experiment);
    const converged = this.convergedRuns();
    return {
      format: "weight-odometer results 1",
      name: this.name,
      model,
      dataset,
      runs: this.measured.length,
      diverged: this.measured.length - converged.length,
      planned: this.experiment.runs,
      parameters: this.parameters,
      statistics: statisticsOf(converged.map(({ distance }) => distance)),
      accuracy: statisticsOf(converged.map(({ testAccuracy }) => testAccuracy)),
      tensorStatistics: tensorStatistics(converged),
      nearest: analysis?.nearest ?? null,
      sphere: analysis?.sphere ?? null,
      maps: analysis?.maps ?? [],
      runResults: [...this.measured].sort((a, b) => a.run - b.run),
    };
  }

  /** One write after the other: two runs may finish at once. */
  private write(results: Results): Promise<void> {
    this.writing = this.writing.then(() =>
      writeFileAtomic(this.directory.resultsFile(), `${JSON.stringify(results)}\n`),
    );
    return this.writing;
  }
}

/** Statistics of the values that are there; null where none is. */
function statisticsOf(values: readonly (number | null)[]): Statistics | null {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : statistics(present);
}

function tensorStatistics(runs: readonly RunResult[]): readonly TensorStatistics[] {
  return (runs[0]?.tensors ?? []).flatMap(({ name, shape }) => {
    const same = runs.flatMap(({ tensors }) => tensors.filter((tensor) => tensor.name === name));
    const distance = statisticsOf(same.map((tensor) => tensor.distance));
    if (!distance) return [];
    return [
      {
        name,
        shape,
        distance,
        relativeDistance: statisticsOf(same.map((tensor) => tensor.relativeDistance)),
      },
    ];
  });
}
