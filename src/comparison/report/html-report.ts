import { escapeHtml, htmlPage } from "../../html/page";
import { reportStyle } from "../../html/report-style";
import { htmlTable, shareCell, type HtmlCell } from "../../html/table";
import type { Movement } from "../../protocol/comparison";
import type { ComparisonReport } from "../../protocol/summary";
import { percent, short } from "../words";
import { histogramSvg } from "./histogram";
import { layersTable } from "./layers";
import { spectraPart } from "./spectra";

/** A comparison as one HTML file that needs no other and runs no script. */
export function comparisonHtml(
  report: ComparisonReport,
  names: { readonly a: string; readonly b: string },
): string {
  const { summary, spectrum } = report;
  const { sentences, facts } = summary;
  const parts = [
    `<h1>${escapeHtml(names.a)} → ${escapeHtml(names.b)}</h1>`,
    figures(report),
    ...sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    section("Layers", layersTable(facts.layers)),
    section("Sizes of changes", histogramSvg(report.histogram)),
    spectrum ? section("Spectra of changes", spectraPart(spectrum)) : "",
    section("Tensors", tensorTable(report)),
    section("Not compared", notCompared(report)),
    `<p class="dim">Euclidean distances, summed in float64. They order changes of one model under one configuration; hidden units may be permuted without changing what a network computes.</p>`,
  ];
  return htmlPage({
    title: `${names.a} → ${names.b}`,
    style: reportStyle,
    body: parts.filter((part) => part !== "").join("\n"),
  });
}

function section(title: string, content: string): string {
  return content === "" ? "" : `<h2>${title}</h2>\n${content}`;
}

function figures({ finiteDistance, normA, rotation, changedShare }: Movement): string {
  const relative = finiteDistance !== null && normA ? finiteDistance / normA : null;
  const all = [
    ["distance", finiteDistance === null ? "-" : short(finiteDistance)],
    ["of the norm", relative === null ? "-" : percent(relative)],
    ["rotation, 1 - cosine", rotation === null ? "-" : short(rotation)],
    ["of the parameters changed", changedShare === null ? "-" : percent(changedShare)],
  ];
  return `<div class="figures">${all.map(([what, value]) => `<span><b>${value}</b> <span class="dim">${what}</span></span>`).join("")}</div>`;
}

function tensorTable({ tensors, ...total }: ComparisonReport): string {
  const cells = (movement: Movement): HtmlCell[] => {
    const { distance, relativeDistance, rmsChange, rotation, maxChange, changedShare } = movement;
    const all = [distance, relativeDistance, rmsChange, rotation, maxChange];
    return [
      ...all.map((value) => (value === null ? "-" : short(value))),
      shareCell(changedShare, percent(changedShare ?? 0)),
    ];
  };
  return htmlTable(
    ["Tensor", "Shape", "Distance", "Relative", "RMS change", "Rotation", "Largest", "Changed"],
    tensors.map((tensor) => [tensor.name, tensor.shape.join(" x ") || "scalar", ...cells(tensor)]),
    ["Total", "", ...cells(total)],
  );
}

function notCompared(report: ComparisonReport): string {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["Only in the first", report.onlyInA],
    ["Only in the second", report.onlyInB],
    [
      "In both, but of different shapes or types",
      report.conflicts.map(
        ({ name, a, b }) =>
          `${name} (${a.dtype} ${a.shape.join(" x ")}, ${b.dtype} ${b.shape.join(" x ")})`,
      ),
    ],
    ["Integers, not counted", report.notCounted],
    ["Left out by patterns", report.leftOut],
    ["Prefixes taken off names", [...report.strippedPrefixes.a, ...report.strippedPrefixes.b]],
    ...(report.spectrum
      ? ([
          ["No spectrum", report.spectrum.left.map(({ name, reason }) => `${name} (${reason})`)],
        ] as const)
      : []),
  ];
  return lists
    .filter(([, names]) => names.length > 0)
    .map(([title, names]) => `<p>${title}: ${names.map(escapeHtml).join(", ")}</p>`)
    .join("\n");
}
