import type { TensorComparison } from "../protocol/comparison";
import type { DepthTrend, GroupMovement } from "../protocol/summary";
import { groupBy } from "./group-movement";
import { blockOf, layerOf } from "./layers";
import { naturalOrder } from "./natural-order";
import { rankCorrelation } from "./rank-correlation";

/** Fewest blocks or layers that have a trend to speak of. */
const FEWEST = 3;

/** Whether relative movement grows or shrinks with depth; null where too few moved. */
export function depthTrend(tensors: readonly TensorComparison[]): DepthTrend | null {
  const series = mainSeries(tensors);
  const blocks = series === null ? [] : inOrder(tensors, (name) => inSeries(name, series));
  const units = blocks.length >= FEWEST ? "blocks" : "layers";
  const movements = units === "blocks" ? blocks : inOrder(tensors, layerOf);
  if (movements.length < FEWEST) return null;
  const correlation = rankCorrelation(
    movements.map((_, i) => i),
    movements.map(({ relativeDistance }) => relativeDistance ?? 0),
  );
  if (correlation === null) return null;
  const clear = Math.abs(correlation) * Math.sqrt(movements.length - 1) >= 1.96;
  const trend = !clear ? "none" : correlation > 0 ? "later" : "earlier";
  return { units, movements, correlation, trend };
}

function inOrder(
  tensors: readonly TensorComparison[],
  nameOf: (name: string) => string | null,
): GroupMovement[] {
  return groupBy(tensors, ({ name }) => nameOf(name))
    .filter(({ relativeDistance }) => relativeDistance !== null)
    .sort((a, b) => naturalOrder(a.name, b.name));
}

function inSeries(name: string, series: string): string | null {
  const block = blockOf(name);
  return block?.series === series ? `${series}${series === "" ? "" : "."}${block.number}` : null;
}

/** The series of numbered blocks that holds at least half of the parameters, if one does. */
function mainSeries(tensors: readonly TensorComparison[]): string | null {
  const series = groupBy(tensors, ({ name }) => blockOf(name)?.series ?? null);
  const all = tensors.reduce((sum, { parameters }) => sum + parameters, 0);
  return series.find(({ parameters }) => parameters >= all / 2)?.name ?? null;
}
