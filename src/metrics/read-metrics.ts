import path from "node:path";
import { MetricError } from "./error";
import { readTensorBoard } from "./event-file/read-tensorboard";
import { readPattern } from "./pattern/read-pattern";
import { lastValue, type MetricPoint } from "./series";
import type { MetricSource } from "./source";
import { readCsv } from "./table/read-csv";
import { readJson, readJsonLines } from "./table/read-json";

/** Where a run left what its metrics are read from. */
export interface MetricPlace {
  /** Files and folders of sources lie in it. */
  readonly directory: string;
  /** What the command wrote on standard output. */
  readonly outputFile: string;
}

/** The metrics of a run. */
export interface Metrics {
  /** The last finite value of each. */
  readonly values: Readonly<Record<string, number>>;
  /** All values of each, thinned where there are many thousands. */
  readonly series: Readonly<Record<string, readonly MetricPoint[]>>;
  /** Why others have none, each in a sentence. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Reads the user's metrics of a run; one that cannot be read is a problem of its own and stops no other. */
export async function readMetrics(
  sources: Readonly<Record<string, MetricSource>>,
  place: MetricPlace,
): Promise<Metrics> {
  const series: [string, readonly MetricPoint[]][] = [];
  const problems: [string, string][] = [];
  for (const [name, source] of Object.entries(sources))
    try {
      const points = await readMetric(source, place);
      if (points.length > 0) series.push([name, points]);
      else problems.push([name, `${name}: no finite number was found.`]);
    } catch (error) {
      if (!(error instanceof MetricError)) throw error;
      problems.push([name, `${name}: ${error.message}.`]);
    }
  return {
    values: Object.fromEntries(series.map(([name, points]) => [name, lastValue(points)!])),
    series: Object.fromEntries(series),
    problems: Object.fromEntries(problems),
  };
}

/** The finite values of one metric, in order. @throws MetricError */
export function readMetric(
  source: MetricSource,
  { directory, outputFile }: MetricPlace,
): Promise<readonly MetricPoint[]> {
  if ("pattern" in source) return readPattern(outputFile, source.pattern);
  if ("tensorboard" in source)
    return readTensorBoard(path.join(directory, source.tensorboard), source.tag);
  const file = path.join(directory, source.file);
  switch (path.extname(file).toLowerCase()) {
    case ".json":
      return readJson(file, source.key);
    case ".csv":
    case ".tsv":
      return readCsv(file, source.key);
    default:
      return readJsonLines(file, source.key);
  }
}
