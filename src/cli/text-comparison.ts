import type { Movement, TensorComparison, TensorConflict } from "../protocol/comparison";
import type { TensorSpectrum } from "../protocol/spectrum";
import type { ComparisonReport } from "../protocol/summary";
import { figure, nameList, withReasons } from "./figures";
import { textTable } from "./text-table";

/**
 * A comparison as plain text: what it says in words, a line for each tensor and the total, and what was not compared.
 * Ends with a newline.
 * @param width characters of a line: of a narrow terminal's table, columns and names give way
 */
export function textComparison(report: ComparisonReport, width: number): string {
  const { tensors, spectrum } = report;
  const parts = [
    report.summary.sentences.join("\n"),
    movementTable(report, tensors, width),
    ...(spectrum ? [spectrumTable(spectrum.tensors, width)] : []),
  ];
  return `${parts.join("\n\n")}\n${lists(report).join("")}`;
}

const columns = ["distance", "relative", "RMS", "rotation", "largest", "changed"];

function movementTable(
  total: Movement,
  tensors: readonly TensorComparison[],
  width: number,
): string {
  const narrow = width < 100;
  const digits = narrow ? 4 : 6;
  const cells = (movement: Movement, shape: string) => {
    const { distance, relativeDistance, rmsChange, rotation, maxChange } = movement;
    const figures = [distance, relativeDistance, rmsChange, rotation, maxChange];
    const all = [...figures.map((value) => figure(value, digits)), share(movement)];
    // Of a narrow terminal distance, relative distance and the share changed are what is kept.
    return narrow ? [all[0], all[1], all[5]] : [shape, ...all];
  };
  const header = narrow ? [columns[0], columns[1], columns[5]] : ["shape", ...columns];
  return textTable(
    [
      ["tensor", ...header],
      ...tensors.map((tensor) => [tensor.name, ...cells(tensor, shapeText(tensor))]),
      ["total", ...cells(total, "")],
    ],
    width,
  );
}

function spectrumTable(spectra: readonly TensorSpectrum[], width: number): string {
  const rows = spectra.map((one) => [
    one.name,
    `${one.rows}x${one.columns}`,
    figure(one.singularValues[0] ?? 0, 4),
    figure(one.stableRank, 4),
    rankText(one.effectiveRank),
    one.rank === null ? `>${one.singularValues.length}` : String(one.rank),
    `${(100 * one.explained).toFixed(1)} %`,
  ]);
  const header = ["change of", "matrix", "sigma 1", "stable rank", "eff. rank", "rank", "in top"];
  return textTable([header, ...rows], width);
}

/** To the digits that its error leaves. */
function rankText({ value, error }: TensorSpectrum["effectiveRank"]): string {
  const digits = error >= 3 ? 0 : 1;
  return error < 0.05 ? value.toFixed(1) : `${value.toFixed(digits)} ± ${error.toFixed(digits)}`;
}

function lists(report: ComparisonReport): string[] {
  const { tensors, strippedPrefixes, nonFinite } = report;
  const near = tensors.filter(({ nearRoundingFloor }) => nearRoundingFloor);
  return [
    nameList("Only in A", report.onlyInA),
    nameList("Only in B", report.onlyInB),
    nameList("Not comparable", report.conflicts.map(conflictText)),
    nameList("Not counted (integers)", report.notCounted),
    nameList("Left out by patterns", report.leftOut),
    nameList("Not read in A", withReasons(report.unreadable.a)),
    nameList("Not read in B", withReasons(report.unreadable.b)),
    nameList("Prefixes taken off names in A", strippedPrefixes.a),
    nameList("Prefixes taken off names in B", strippedPrefixes.b),
    nameList(
      "Changed by no more than rounding to the file's type may cause",
      near.map(({ name }) => name),
    ),
    nameList("No spectrum", withReasons(report.spectrum?.left ?? [])),
    nonFinite > 0
      ? `\n${nonFinite} values are infinite or NaN; distance of the others: ${figure(report.finiteDistance)}\n`
      : "",
  ];
}

function conflictText({ name, reason, a, b }: TensorConflict): string {
  return reason === "shape"
    ? `${name} (${shapeText(a)} in A, ${shapeText(b)} in B)`
    : `${name} (${a.dtype} in A, ${b.dtype} in B)`;
}

function shapeText({ shape }: { readonly shape: readonly number[] }): string {
  return shape.join("x") || "scalar";
}

function share({ changedShare }: Movement): string {
  return changedShare === null ? "-" : `${(100 * changedShare).toFixed(1)} %`;
}
