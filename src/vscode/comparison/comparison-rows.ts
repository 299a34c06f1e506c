import type { CsvCell } from "../../comparison/csv";
import type { Comparison, Movement } from "../../protocol/comparison";

const HEADER = [
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
  "maxChange",
  "changedShare",
  "normA",
  "normB",
  "nonFinite",
  "roundingFloor",
];

/** One row for each tensor, the total first (tensor "", as no tensor is called); a header above. */
export function comparisonRows(comparison: Comparison): CsvCell[][] {
  return [
    HEADER,
    ["", "", "", "", "", ...figures(comparison)],
    ...comparison.tensors.map((tensor) => [
      tensor.name,
      tensor.nameInB ?? tensor.name,
      tensor.shape.join("x"),
      tensor.dtype,
      tensor.dtypeInB,
      ...figures(tensor),
    ]),
  ];
}

function figures(of: Movement): CsvCell[] {
  return [
    ...[of.parameters, of.distance, of.relativeDistance, of.rmsChange, of.cosine, of.rotation],
    ...[of.maxChange, of.changedShare, of.normA, of.normB, of.nonFinite, of.roundingFloor],
  ];
}
