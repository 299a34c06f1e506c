import type { Statistics, TensorStatistics } from "../../src/protocol/results";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { h, section, setText } from "../ui/dom";
import { count, decimalsFor, figure, fixed, NONE, percent, shapeText, share } from "../ui/format";
import type { Context, Part } from "./part";
import { bar, plainRow, plainTable } from "./table";

/** As many tensors as a small network has; larger ones unfold on request. */
const FOLDED = 12;

/** Mean square, so that the shares of all tensors sum to one. */
export function meanSquare({ mean, std, count: n }: Statistics): number {
  return mean ** 2 + ((n - 1) / n) * (std ?? 0) ** 2;
}

function tensorRow(tensor: TensorStatistics, decimals: number, total: number): HTMLTableRowElement {
  const { name, shape, distance, relativeDistance } = tensor;
  const part = total > 0 ? meanSquare(distance) / total : 0;
  const label = h(
    "span",
    { class: "tensor", title: `${name} ${shapeText(shape)}` },
    h("span", {}, name),
    h("small", {}, shapeText(shape)),
  );
  return plainRow(label, [
    fixed(distance.mean, decimals),
    fixed(distance.std, decimals),
    percent(distance.cvPercent),
    relativeDistance === null ? NONE : figure(relativeDistance.mean, 2),
    bar(part, share(part, part < 0.1 ? 1 : 0)),
  ]);
}

/** Distance by tensor, the farthest first. */
export function tensorsPart({ ui }: Context): Part {
  const { element: table, body } = plainTable("Distance by tensor", [
    "tensor",
    "mean",
    "std",
    h("abbr", { title: "Coefficient of variation: 100 · std / mean" }, "c_v"),
    h("abbr", { title: "Mean distance over the initial tensor's norm" }, "relative"),
    h("abbr", { title: "Share of the squared distance" }, "share"),
  ]);
  const more = h("button", { type: "button", class: "link" });
  more.addEventListener("click", () => {
    ui.set({ allTensors: !ui.state.allTensors });
  });
  let shown: string | null = null;
  return {
    element: section("tensors", "By tensor", h("div", { class: "wide" }, table), more),
    update({ results }: ResultsPanelView) {
      const tensors = (results?.tensorStatistics ?? []).toSorted(
        (a, b) => b.distance.mean - a.distance.mean,
      );
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
      const decimals = decimalsFor(tensors[0]?.distance.mean ?? 1, 4);
      body.replaceChildren(...visible.map((tensor) => tensorRow(tensor, decimals, total)));
    },
  };
}
