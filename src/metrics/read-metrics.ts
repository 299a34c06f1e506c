import path from "node:path";
import { MetricError } from "./error";
import { readTensorBoard } from "./event-file/read-tensorboard";
import { readPattern } from "./pattern/read-pattern";
import { lastValue, type MetricPoint } from "./series";
import type { MetricSource } from "./source";
import { readCsv } from "./table/read-csv";
import { readJson, readJsonLines } from "./table/read-json";
import { thinSeries, type ThinSeries } from "./thin-series";

/** Where a run left what its metrics are read from. */
export interface MetricPlace {
  /** Files and folders of sources lie in it. */
  readonly directory: string;
  /** What the command wrote on standard output. */
  readonly outputFile: string;
}

/** One of the user's numbers as a run tells it. */
export type ReadMetric =
  /** Its last finite value stands for the run. */
  | { readonly value: number; readonly series: ThinSeries; readonly problem: null }
  /** Why it has no value: a clause that names files relative to the run's directory, without a full stop. */
  | { readonly value: null; readonly series: null; readonly problem: string };

/** Characters of a problem that are kept: a file's name or tags in it may be long. */
const longestProblem = 500;

/** Reads one of the user's metrics of a run. */
export async function readMetric(source: MetricSource, place: MetricPlace): Promise<ReadMetric> {
  try {
    const points = await readPoints(source, place);
    const value = lastValue(points);
    return value === null
      ? without("no finite number was found")
      : { value, series: thinSeries(points), problem: null };
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    return without(error.message.replaceAll(`${place.directory}${path.sep}`, ""));
  }
}

function without(problem: string): ReadMetric {
  return { value: null, series: null, problem: problem.slice(0, longestProblem) };
}

/** The finite values of one metric, in order. @throws MetricError */
export function readPoints(
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
