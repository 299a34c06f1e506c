import type { Spectra, TensorSpectrum } from "../../src/protocol/spectrum";
import { LineChart } from "../ui/chart/line-chart";
import type { LineData } from "../ui/chart/line-data";
import { h, section } from "../ui/dom";
import { count, figure, percent, plusMinus } from "../ui/format";
import type { Context, Part } from "./part";

/** More matrices are not listed: the CSV has them all. */
const MOST = 500;
const KINDS = ["initial", "final", "plain"] as const;
const HEADS = [
  ["matrix", "Name of the tensor in A"],
  ["size", "Rows and columns"],
  ["σ₁", "Largest singular value of the change"],
  ["stable rank", "Squared distance over the square of the largest singular value"],
  ["of noise", "Stable rank of independent normal numbers of the same size"],
  [
    "effective rank",
    "Exponential of the entropy of all singular values over their sum; of large matrices an estimate",
  ],
  ["rank", "Singular values above what rounding may cause"],
  ["covered", "Share of the squared distance in the computed singular values"],
] as const;

/** Singular values of the changes of matrices, where they were computed: the farthest as curves, all in a table. */
export function spectraPart({ ui }: Context): Part {
  const chart = new LineChart(220);
  const legend = h("p", { class: "curve-legend" });
  const body = h("tbody");
  const left = h("p", { class: "note" });
  const caption = h(
    "p",
    { class: "caption" },
    "Singular values of the change of a matrix, over the largest of them: of the matrices that moved farthest, or of the selected one.",
  );
  const heads = HEADS.map(([name, title]) => h("th", { scope: "col", title }, name));
  const table = h("table", {}, h("thead", {}, h("tr", {}, ...heads)), body);
  const wide = h("div", { class: "wide" }, table);
  const element = section(
    "spectra",
    "Spectra of changes",
    chart.element,
    legend,
    caption,
    wide,
    left,
  );
  let drawn: readonly [Spectra, string | null] | null = null;
  return {
    element,
    update({ spectrum }) {
      element.hidden = spectrum === null;
      const { selected } = ui.state;
      if (!spectrum || (drawn?.[0] === spectrum && drawn[1] === selected)) return;
      drawn = [spectrum, selected];
      const ordered = spectrum.tensors.toSorted((a, b) => b.frobenius - a.frobenius);
      const one = ordered.find(({ name }) => name === selected);
      const curves = one ? [one] : ordered.slice(0, KINDS.length);
      chart.element.hidden = curves.length === 0;
      chart.show(
        spectrumLines(curves),
        "Singular values of the changes that moved farthest, each over the largest of its matrix.",
      );
      legend.replaceChildren(
        ...curves.map(({ name }, i) => h("span", { class: `curve-key ${KINDS[i]}` }, h("i"), name)),
      );
      body.replaceChildren(...ordered.slice(0, MOST).map(row));
      const without = spectrum.left.map(({ name, reason }) => `${name} (${reason})`);
      left.textContent = without.length === 0 ? "" : `Without a spectrum: ${without.join(", ")}.`;
      left.hidden = without.length === 0;
    },
    picture: () =>
      element.hidden || chart.element.hidden
        ? null
        : { title: "Singular values of changes, over the largest", drawing: chart.drawing },
  };
}

/** Singular values over the largest of their matrix, by their place. */
export function spectrumLines(spectra: readonly TensorSpectrum[]): LineData {
  const most = Math.max(0, ...spectra.map(({ singularValues }) => singularValues.length));
  const places = Array.from({ length: most }, (_, i) => i + 1);
  return {
    places,
    names: places.map((place) => `singular value ${place}`),
    axis: "singular value, the largest first",
    lines: spectra.map(({ name, singularValues }, i) => ({
      name,
      kind: KINDS[i],
      values: places.map((_, k) =>
        k < singularValues.length ? singularValues[k] / singularValues[0] : null,
      ),
    })),
  };
}

/** To the digits that its error leaves, where these are fewer than three. */
function rankText({ value, error }: TensorSpectrum["effectiveRank"]): string {
  return error < 1e-3 * value ? figure(value, 3) : plusMinus(value, error);
}

function row(spectrum: TensorSpectrum): HTMLElement {
  const { name, rows, columns, singularValues, rank } = spectrum;
  const cells = [
    `${rows}×${columns}`,
    figure(singularValues[0] ?? null),
    figure(spectrum.stableRank, 3),
    figure(spectrum.noiseStableRank, 3),
    rankText(spectrum.effectiveRank),
    rank === null ? `more than ${count(singularValues.length)}` : count(rank),
    percent(100 * spectrum.explained),
  ];
  const head = h("th", { scope: "row" }, name);
  return h("tr", {}, head, ...cells.map((cell) => h("td", {}, cell)));
}
