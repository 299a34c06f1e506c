import type { Comparison } from "../protocol/comparison";
import type { Spectra } from "../protocol/spectrum";
import type { GroupMovement, SummaryFacts } from "../protocol/summary";
import { breadth } from "./breadth";
import { depthTrend } from "./depth-trend";
import { groupBy } from "./group-movement";
import { layerOf } from "./layers";
import { naturalOrder } from "./natural-order";
import { rankFacts } from "./rank-facts";
import { tensorKind } from "./tensor-kind";

const MOST = 3;

/** The figures that a comparison's summary is drawn from. */
export function summaryFacts(comparison: Comparison, spectra?: Spectra): SummaryFacts {
  const { tensors, parameters, changed, nonFinite } = comparison;
  const layers = groupBy(tensors, ({ name }) => layerOf(name)).sort((a, b) =>
    naturalOrder(a.name, b.name),
  );
  const changedTensors = tensors.filter((tensor) => tensor.changed > 0 || tensor.nonFinite > 0);
  const moved = changed > 0;
  return {
    verdict: verdict(tensors.length, changedTensors.length),
    tensors: tensors.length,
    changedTensors: changedTensors.length,
    parameters,
    changed,
    distance: comparison.finiteDistance,
    relativeDistance: relative(comparison),
    layers,
    mostByDistance: largest(layers, ({ distance }) => distance),
    mostByRelative: largest(layers, ({ relativeDistance }) => relativeDistance ?? 0),
    frozen: moved ? layers.filter((layer) => layer.changed === 0).map(({ name }) => name) : [],
    depth: moved ? depthTrend(tensors) : null,
    breadth: breadth(tensors),
    kinds: groupBy(tensors, tensorKind),
    rank: rankFacts(spectra),
    nearRoundingFloor: tensors
      .filter(({ nearRoundingFloor }) => nearRoundingFloor)
      .map(({ name }) => name),
    nonFinite,
  };
}

function verdict(tensors: number, changed: number): SummaryFacts["verdict"] {
  if (tensors === 0) return "nothing compared";
  if (changed === 0) return "nothing changed";
  return changed === tensors ? "everything changed" : "some changed";
}

function relative({ finiteDistance, normA }: Comparison): number | null {
  return finiteDistance === null || normA === null || normA === 0 ? null : finiteDistance / normA;
}

function largest(
  layers: readonly GroupMovement[],
  figure: (layer: GroupMovement) => number,
): GroupMovement[] {
  return layers
    .filter((layer) => figure(layer) > 0)
    .sort((a, b) => figure(b) - figure(a))
    .slice(0, MOST);
}
