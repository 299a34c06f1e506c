import type { Comparison } from "../../src/protocol/comparison";
import { h, section, setText } from "../ui/dom";
import { percent } from "../ui/format";
import { heatColour } from "./heat-colour";
import { heatGrid, type HeatCell, type HeatGrid } from "./heat-grid";
import { heatScale, valueAt, type HeatScale } from "./heat-scale";
import { Heatmap } from "./heatmap";
import type { Context, Part } from "./part";
import { stripGrid } from "./strip-grid";

/** Which layers moved how far, as a field for each: by block and kind, or in the order of the file. */
export function heatmapPart({ ui }: Context): Part {
  const heatmap = new Heatmap((cell) => {
    ui.set({ selected: farthest(cell) });
  });
  const scroll = h("div", { class: "heat-scroll" }, heatmap.element);
  const [low, middle, high] = [h("span"), h("span"), h("span")];
  const ramp = h("i", { class: "ramp" });
  ramp.style.background = `linear-gradient(to right, ${[0, 0.2, 0.4, 0.6, 0.7, 0.85, 1].map((depth) => `${heatColour(depth)} ${100 * depth}%`).join(", ")})`;
  const scaleWords = h("span", { class: "scale-words" });
  const none = h("span", { class: "none-key" }, h("i"), "no relative distance");
  const legend = h(
    "p",
    { class: "heat-legend" },
    scaleWords,
    h("span", { class: "scale" }, ramp, h("span", { class: "scale-ends" }, low, middle, high)),
    none,
  );
  const caption = h("p", { class: "caption" });
  let drawn: Comparison | null = null;
  let grid: HeatGrid | null = null;
  let scale: HeatScale | null = null;
  let structured = true;
  return {
    element: section("heat", "Layers by module", legend, scroll, caption),
    update({ comparison }) {
      if (comparison !== drawn || !grid || !scale) {
        const blocks = heatGrid(comparison.tensors);
        structured = blocks !== null;
        grid = blocks ?? stripGrid(comparison.tensors);
        scale = heatScale(grid.cells.map(({ relative }) => relative));
        drawn = comparison;
      }
      setText(scaleWords, `relative distance${scale.logarithmic ? ", logarithmic" : ""}`);
      setText(low, scale.low === 0 ? "0" : percent(100 * scale.low));
      setText(middle, percent(100 * valueAt(scale, 0.5)));
      setText(high, percent(100 * scale.high));
      none.hidden = grid.cells.every(({ relative }) => relative !== null);
      setText(
        caption,
        structured
          ? "A row for each block, a column for each kind of parameter in it. Relative distance is |B − A| / |A| of that tensor."
          : "A field for each tensor, in the order of the file. Relative distance is |B − A| / |A| of that tensor.",
      );
      heatmap.element.classList.toggle("strip", !structured);
      heatmap.show(grid, scale, ui.state.selected, label(grid, structured));
    },
    picture: () => ({ title: "Relative distance by layer", drawing: heatmap.drawing }),
  };
}

function farthest({ tensors }: HeatCell): string {
  return tensors.reduce((best, one) => ((one.distance ?? 0) > (best.distance ?? 0) ? one : best))
    .name;
}

function label({ rows, columns, cells }: HeatGrid, structured: boolean): string {
  const what = structured
    ? `${rows.length} blocks by ${columns.length} kinds of parameters`
    : `${cells.length} tensors`;
  return `Heatmap of relative distance, ${what}. Arrow keys move, Enter selects. The table of layers has the same figures.`;
}
