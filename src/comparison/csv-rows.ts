import type { Comparison, Movement } from "../protocol/comparison";
import type { Spectra } from "../protocol/spectrum";
import type { CsvCell } from "./csv";

const header = [
  "tensor",
  "tensorInB",
  "shape",
  "dtype",
  "dtypeInB",
  "parameters",
  "distance",
  "relativeDistance",
  "rmsChange",
  "cosine",
  "rotation",
  "normA",
  "normB",
  "maxChange",
  "maxChangeIndex",
  "changed",
  "changedShare",
  "roundingFloor",
  "nearRoundingFloor",
  "nonFinite",
  "finiteDistance",
];

/** A header, a row for each tensor, and the total (tensor "", as no tensor is called); with spectra, their figures too. */
export function comparisonRows(comparison: Comparison, spectra?: Spectra): CsvCell[][] {
  const byName = new Map(spectra?.tensors.map((spectrum) => [spectrum.name, spectrum]));
  const values = Math.max(0, ...(spectra?.tensors ?? []).map((one) => one.singularValues.length));
  const more = spectra
    ? ["stableRank", "effectiveRank", "effectiveRankError", "rank", "estimatedError"].concat(
        Array.from({ length: values }, (_, i) => `sigma${i + 1}`),
      )
    : [];
  const spectrum = (name: string): CsvCell[] => {
    const own = byName.get(name);
    if (!own) return more.map(() => null);
    const { stableRank, effectiveRank, rank, estimatedError, singularValues } = own;
    return [
      ...[stableRank, effectiveRank.value, effectiveRank.error, rank, estimatedError],
      ...Array.from({ length: values }, (_, i) => singularValues.at(i)),
    ];
  };
  return [
    [...header, ...more],
    ...comparison.tensors.map((tensor) => [
      tensor.name,
      tensor.nameInB ?? tensor.name,
      tensor.shape.join("x"),
      tensor.dtype,
      tensor.dtypeInB,
      ...figures(tensor),
      ...spectrum(tensor.name),
    ]),
    ["", "", "", "", "", ...figures(comparison), ...more.map(() => null)],
  ];
}

function figures(movement: Movement): CsvCell[] {
  return [
    movement.parameters,
    movement.distance,
    movement.relativeDistance,
    movement.rmsChange,
    movement.cosine,
    movement.rotation,
    movement.normA,
    movement.normB,
    movement.maxChange,
    movement.maxChangeAt?.index,
    movement.changed,
    movement.changedShare,
    movement.roundingFloor,
    movement.nearRoundingFloor ? 1 : 0,
    movement.nonFinite,
    movement.finiteDistance,
  ];
}
