import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { logName } from "../../experiment/command/log-name";
import type { MetricSources } from "../../experiment/run-metrics";
import { readMetric } from "../../metrics/read-metrics";

const intervalMs = 1000;
/** Time between two looks over what one takes: logs may be large, and are read whole. */
const restShare = 30;

/**
 * Follows the metrics that a command writes until the signal aborts: tells the last value so far of all that have one,
 * whenever one has changed. What cannot be read yet, such as a file half written, leaves what it told before.
 */
export async function watchMetrics(
  folder: string,
  sources: MetricSources,
  signal: AbortSignal,
  onValues: (values: Readonly<Record<string, number>>) => void,
): Promise<void> {
  if (Object.keys(sources).length === 0) return;
  const place = { directory: folder, outputFile: path.join(folder, logName) };
  const known = new Map<string, number>();
  // Asked anew: it may have changed while something was awaited.
  const hasEnded = () => signal.aborted;
  while (!hasEnded()) {
    const begun = performance.now();
    let changed = false;
    for (const [name, source] of Object.entries(sources)) {
      const { value } = await readMetric(source, place);
      if (value === null || value === known.get(name)) continue;
      known.set(name, value);
      changed = true;
    }
    if (changed && !hasEnded()) onValues(Object.fromEntries(known));
    const rest = Math.max(intervalMs, restShare * (performance.now() - begun));
    await setTimeout(rest, undefined, { signal }).catch(() => undefined);
  }
}
