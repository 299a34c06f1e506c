import type { TensorStatistics } from "../../src/protocol/results";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { h, section, setText, type Child } from "../ui/dom";
import { count, decimalsFor, figure, fixed, NONE, shapeText } from "../ui/format";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { meanSquare } from "./means";
import type { Context, Part } from "./part";
import { bar, plainRow, plainTable } from "./table";

/** As many tensors as a small network has; larger ones unfold on request. */
const FOLDED = 12;

/** Decimals that all rows share: four digits of the largest mean, one at least of the smallest deviation. */
interface Decimals {
  readonly mean: number;
  readonly std: number;
}

function decimalsOf(tensors: readonly TensorStatistics[]): Decimals {
  const mean = decimalsFor(Math.max(...tensors.map(({ distance }) => distance.mean)), 4);
  const deviations = tensors.flatMap(({ distance }) => distance.std || []);
  return { mean, std: Math.min(5, Math.max(mean, decimalsFor(Math.min(...deviations), 1))) };
}

/** The name with places to break after its dots and slashes. */
function breakable(name: string): Child[] {
  return name.split(/(?<=[./])/).flatMap((piece) => [piece, h("wbr")]);
}

function tensorRow(
  tensor: TensorStatistics,
  decimals: Decimals,
  total: number,
  largest: number,
): HTMLTableRowElement {
  const { name, shape, distance, relativeDistance } = tensor;
  const part = total > 0 ? meanSquare(distance) / total : 0;
  const label = h(
    "span",
    { class: "tensor", title: `${name} ${shapeText(shape)}` },
    ...breakable(name),
    h("small", {}, shapeText(shape)),
  );
  return plainRow(label, [
    fixed(distance.mean, decimals.mean),
    fixed(distance.std, decimals.std),
    fixed(distance.cvPercent, 2),
    relativeDistance === null ? NONE : figure(relativeDistance.mean, 2),
    bar(
      largest > 0 ? meanSquare(distance) / largest : 0,
      part < 0.0005 ? "<0.1" : fixed(100 * part, 1),
    ),
  ]);
}

function tensorsCsv(tensors: readonly TensorStatistics[]): string {
  return csvText(
    ["tensor", "shape", "runs", "mean", "std", "cv_percent", "relative_mean"],
    tensors.map(({ name, shape, distance: of, relativeDistance }) => [
      name,
      shapeText(shape),
      of.count,
      of.mean,
      of.std,
      of.cvPercent,
      relativeDistance?.mean ?? null,
    ]),
  );
}

/** Distance by tensor, the farthest first. */
export function tensorsPart({ ui }: Context): Part {
  const { element: table, body } = plainTable("Distance by tensor", [
    "tensor",
    "mean",
    "std",
    h(
      "abbr",
      { title: "Coefficient of variation: 100 · std / mean" },
      "c",
      h("sub", {}, "v"),
      " %",
    ),
    h("abbr", { title: "Mean distance over the initial tensor's norm" }, "relative"),
    h("abbr", { title: "Share of the squared distance" }, "share %"),
  ]);
  const more = h("button", { type: "button", class: "link" });
  more.addEventListener("click", () => {
    ui.set({ allTensors: !ui.state.allTensors });
  });
  let shown: string | null = null;
  let current: readonly TensorStatistics[] = [];
  const element = section(
    "tensors",
    "By tensor",
    h("div", { class: "wide" }, table),
    more,
    csvLink("tensors.csv", () => tensorsCsv(current)),
  );
  return {
    element,
    update({ results }: ResultsPanelView) {
      const tensors = (results?.tensorStatistics ?? []).toSorted(
        (a, b) => b.distance.mean - a.distance.mean,
      );
      current = tensors;
      element.hidden = tensors.length === 0;
      const visible = ui.state.allTensors ? tensors : tensors.slice(0, FOLDED);
      more.hidden = tensors.length <= FOLDED;
      setText(
        more,
        ui.state.allTensors
          ? `Show the first ${FOLDED}`
          : `Show all ${count(tensors.length)} tensors`,
      );
      const now = JSON.stringify(visible);
      if (now === shown) return;
      shown = now;
      const total = tensors.reduce((sum, { distance }) => sum + meanSquare(distance), 0);
      const largest = Math.max(...tensors.map(({ distance }) => meanSquare(distance)));
      const decimals = decimalsOf(tensors);
      body.replaceChildren(...visible.map((tensor) => tensorRow(tensor, decimals, total, largest)));
    },
  };
}
