import { lineChart } from "../../html/line-chart";
import { htmlTable, type HtmlCell } from "../../html/table";
import type { Spectra, TensorSpectrum } from "../../protocol/spectrum";
import { short } from "../words";

/** Spectra as a table, and the singular values of the change that moved most over their largest. */
export function spectraPart({ tensors }: Spectra): string {
  const largest = tensors.toSorted((a, b) => b.frobenius - a.frobenius).slice(0, 3);
  const count = Math.max(0, ...largest.map(({ singularValues }) => singularValues.length));
  if (count === 0) return "";
  const x = Array.from({ length: count }, (_, i) => i + 1);
  const lines = largest.map(({ name, singularValues }) => ({
    name,
    values: x.map((_, i) => (singularValues.at(i) ?? 0) / singularValues[0]),
  }));
  const label = "Singular values of the largest changes, over the largest of each";
  return `${lineChart(label, x, lines, "singular value")}
<p class="dim">${label}. Stable rank is the squared distance over the largest squared singular value; of noise it is what independent normal numbers of the same size have. Effective rank is the exponential of the entropy of the squared singular values, between the bounds that the values computed leave.</p>
${htmlTable(
  [
    "Change of",
    "Matrix",
    "σ₁",
    "Stable rank",
    "Of noise",
    "Effective rank",
    "Rank",
    "In these values",
  ],
  tensors.map(spectrumRow),
)}`;
}

function spectrumRow(spectrum: TensorSpectrum): HtmlCell[] {
  const { rank, effectiveRank, singularValues } = spectrum;
  return [
    spectrum.name,
    `${spectrum.rows} x ${spectrum.columns}`,
    short(singularValues[0]),
    short(spectrum.stableRank),
    short(spectrum.noiseStableRank),
    `${short(effectiveRank.low)} to ${short(effectiveRank.high)}`,
    rank === null ? `more than ${singularValues.length}` : String(rank),
    `${(100 * spectrum.explained).toFixed(1)} %`,
  ];
}
