import { presentStatistics } from "../distance/statistics";
import type { Results, RunResult, TensorDistance, TensorStatistics } from "../protocol/results";
import { writeFileAtomic } from "./atomic-file";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import { analyseRuns, mostRunsOnMaps } from "./analyse-runs";
import { levelResults } from "./level-results";
import type { MeasuredRun } from "./ledger";
import { plannedRuns, trainingSettings } from "./plan";

/** In larger experiments results.json leaves the tensors of single runs to `diff`, so that it can be read at a glance. */
const mostRunsWithTensors = 2000;

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
    const results = this.results(
      await analyseRuns(this.directory, this.convergedRuns(), signal ? { signal } : {}),
    );
    await this.write(results);
    return results;
  }

  private convergedRuns(): readonly RunResult[] {
    return this.allRuns().filter(({ distance }) => distance !== null);
  }

  private allRuns(): readonly RunResult[] {
    return [...this.measured.values()].map(({ result }) => result).sort((a, b) => a.run - b.run);
  }

  private results(analysis: Pick<Results, "nearest" | "sphere" | "maps"> | null): Results {
    const { model, dataset } = trainingSettings(this.experiment);
    const [all, converged] = [this.allRuns(), this.convergedRuns()];
    const withTensors = all.length <= mostRunsWithTensors;
    return {
      format: "weight-odometer results 2",
      name: this.name,
      model,
      dataset,
      runs: all.length,
      diverged: all.length - converged.length,
      planned: plannedRuns(this.experiment),
      parameters: [...this.measured.values()].at(-1)?.parameters ?? 0,
      engines: enginesOf([...this.measured.values()]),
      statistics: presentStatistics(converged.map(({ distance }) => distance)),
      accuracy: presentStatistics(converged.map(({ testAccuracy }) => testAccuracy)),
      tensorStatistics: tensorStatistics(converged),
      levels: levelResults(this.experiment.levels, all),
      nearest: analysis?.nearest ?? null,
      sphere: analysis?.sphere ?? null,
      maps: analysis?.maps ?? [],
      mapped: analysis ? Math.min(converged.length, mostRunsOnMaps) : 0,
      runResults: withTensors ? all : all.map((run) => ({ ...run, tensors: [] })),
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

/** What the runs were trained by, the most frequent first. */
function enginesOf(runs: readonly MeasuredRun[]): Results["engines"] {
  const engines = new Map<string, Results["engines"][number]>();
  for (const { origin, engine } of runs)
    engines.set(origin, { engine, runs: (engines.get(origin)?.runs ?? 0) + 1 });
  return [...engines.values()].sort((a, b) => b.runs - a.runs);
}

function tensorStatistics(runs: readonly RunResult[]): readonly TensorStatistics[] {
  const byName = new Map<string, TensorDistance[]>();
  for (const { tensors } of runs)
    for (const tensor of tensors) {
      const same = byName.get(tensor.name);
      if (same) same.push(tensor);
      else byName.set(tensor.name, [tensor]);
    }
  return (runs[0]?.tensors ?? []).flatMap(({ name, shape }) => {
    const same = byName.get(name) ?? [];
    const distance = presentStatistics(same.map((tensor) => tensor.distance));
    if (!distance) return [];
    return [
      {
        name,
        shape,
        distance,
        relativeDistance: presentStatistics(same.map((tensor) => tensor.relativeDistance)),
      },
    ];
  });
}
