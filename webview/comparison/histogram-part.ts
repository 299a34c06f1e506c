import type { ChangeHistogram, Movement } from "../../src/protocol/comparison";
import { h, section, setText } from "../ui/dom";
import { count, figure, percent, plural } from "../ui/format";
import { commonest, directions } from "./histogram";
import { HistogramChart } from "./histogram-chart";
import type { Context, Part } from "./part";

/** How large the changes are, up and down: of all tensors, or of the selected one. */
export function histogramPart({ ui }: Context): Part {
  const chart = new HistogramChart();
  const of = h("span", { class: "subject" });
  const all = h(
    "button",
    {
      type: "button",
      class: "link",
      onclick: () => {
        ui.set({ selected: null });
      },
    },
    "All tensors",
  );
  const caption = h("p", { class: "caption" });
  const nothing = h("p", { class: "nothing-moved" }, "No value changed.");
  const axis = h("p", { class: "axis-name" }, "size of the change, by powers of two");
  return {
    element: section(
      "changes",
      "Histogram of changes",
      h("p", { class: "subject-line" }, of, all),
      chart.element,
      axis,
      nothing,
      caption,
    ),
    update({ comparison }) {
      const tensor = comparison.tensors.find(({ name }) => name === ui.state.selected);
      const shown: Movement = tensor ?? comparison;
      const empty = shown.histogram.increases.length === 0;
      setText(of, tensor ? tensor.name : `all ${plural(comparison.tensors.length, "tensor")}`);
      all.hidden = tensor === undefined;
      chart.element.hidden = axis.hidden = empty;
      nothing.hidden = !empty;
      const words = captionOf(shown.histogram, shown);
      setText(caption, words);
      chart.show(shown.histogram, `Histogram of changes. ${words}`);
    },
    picture() {
      if (chart.element.hidden) return null;
      return {
        title: `Changes by size, ${of.textContent}: up above, down below`,
        drawing: chart.drawing,
      };
    },
  };
}

function captionOf(histogram: ChangeHistogram, { parameters }: Movement): string {
  const bounds = commonest(histogram);
  if (!bounds) return "";
  const { up, down } = directions(histogram);
  const still =
    histogram.unchanged === 0
      ? ""
      : ` ${count(histogram.unchanged)} (${percent((100 * histogram.unchanged) / parameters, 2)}) did not change.`;
  return `Above the line values went up (${count(up)}), below it down (${count(down)}); most by ${figure(bounds[0], 2)} to ${figure(bounds[1], 2)}.${still}`;
}
