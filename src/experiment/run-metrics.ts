import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { readMetric, type ReadMetric } from "../metrics/read-metrics";
import { metricSourceSchema, type MetricSource } from "../metrics/source";
import { mostPoints, type ThinSeries } from "../metrics/thin-series";
import { writeFileAtomic } from "./atomic-file";
import { canonicalHash, canonicalJson } from "./canonical";
import { logName } from "./command/log-name";
import { isBuiltIn, type ExperimentFile } from "./experiment";
import { parseJson } from "./experiment-directory";

/** Where the user's metrics come from, by name. */
export type MetricSources = Readonly<Record<string, MetricSource>>;

/** The user's metrics of a run, by name, each with what it was read from. */
export type RunMetrics = Readonly<Record<string, ReadMetric & { readonly source: MetricSource }>>;

/** What stands for the run of each metric; null where it has no value. */
export function valuesOf(metrics: RunMetrics): Readonly<Record<string, number | null>> {
  return Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]));
}

/** What an experiment's `train.metrics` names; nothing for built-in models. */
export function metricSourcesOf({ train }: Pick<ExperimentFile, "train">): MetricSources {
  return isBuiltIn(train) ? {} : (train.metrics ?? {});
}

/** A name for what metrics are read from, whose change says that they are to be read anew; empty where there are none. */
export function sourcesMark(sources: MetricSources): string {
  return Object.keys(sources).length === 0 ? "" : canonicalHash(sources);
}

/** Reads all metrics of a run whose command has just ended, and keeps them in its folder. */
export async function readRunMetrics(folder: string, sources: MetricSources): Promise<RunMetrics> {
  return updated(folder, sources, {});
}

/**
 * The metrics of a finished run: as they are kept in its folder, those read anew whose source is another than then. What
 * was read from the same source stays, even where its file is gone since.
 */
export async function currentRunMetrics(
  folder: string,
  sources: MetricSources,
): Promise<RunMetrics> {
  const kept = await keptRunMetrics(folder);
  const names = Object.keys(sources);
  const same = names.every((name) => isFrom(kept[name], sources[name]));
  if (same && Object.keys(kept).length === names.length) return ordered(kept, sources);
  return updated(folder, sources, kept);
}

/** What is kept of a run's metrics; nothing where there is no such file, or one that is none: it can be made anew. */
export async function keptRunMetrics(folder: string): Promise<Partial<RunMetrics>> {
  const file = path.join(folder, fileName);
  const size = await stat(file).then(
    (entry) => (entry.isFile() ? entry.size : 0),
    () => 0,
  );
  if (size === 0 || size > mostBytes) return {};
  return fileSchema.safeParse(parseJson(await readFile(file, "utf8"))).data?.metrics ?? {};
}

const fileName = "metric-series.json";
const format = "weight-odometer metric series 1";
/** A thousand metrics of the longest series take less. */
const mostBytes = 32 << 20;

async function updated(
  folder: string,
  sources: MetricSources,
  kept: Partial<RunMetrics>,
): Promise<RunMetrics> {
  const place = { directory: folder, outputFile: path.join(folder, logName) };
  const metrics: [string, RunMetrics[string]][] = [];
  for (const [name, source] of Object.entries(sources)) {
    const before = kept[name];
    const metric = isFrom(before, source)
      ? before
      : { source, ...(await readMetric(source, place)) };
    metrics.push([name, metric]);
  }
  const all = Object.fromEntries(metrics);
  // It can be read again: a folder that may only be read does no harm.
  if (metrics.length > 0)
    await writeFileAtomic(
      path.join(folder, fileName),
      `${JSON.stringify({ format, metrics: all })}\n`,
    ).catch(() => undefined);
  return all;
}

function isFrom(
  metric: RunMetrics[string] | undefined,
  source: MetricSource,
): metric is RunMetrics[string] {
  return metric !== undefined && canonicalJson(metric.source) === canonicalJson(source);
}

/** In the order in which the experiment names them. */
function ordered(kept: Partial<RunMetrics>, sources: MetricSources): RunMetrics {
  return Object.fromEntries(Object.keys(sources).map((name) => [name, kept[name]!]));
}

const numbers = z.array(z.number()).max(mostPoints + 1);

const seriesSchema: z.ZodType<ThinSeries> = z
  .strictObject({ axis: z.enum(["step", "value"]), at: numbers, values: numbers })
  .refine(({ at, values }) => at.length === values.length && at.length > 0)
  .refine(({ at }) => at.every((place, i) => i === 0 || place > at[i - 1]));

const source = metricSourceSchema;
const metricSchema: z.ZodType<RunMetrics[string]> = z.union([
  z.strictObject({ source, value: z.number(), series: seriesSchema, problem: z.null() }),
  z.strictObject({ source, value: z.null(), series: z.null(), problem: z.string().max(1000) }),
]);

const fileSchema = z.strictObject({
  format: z.literal(format),
  metrics: z.record(z.string(), metricSchema),
});
