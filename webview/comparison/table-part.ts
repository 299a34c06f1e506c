import type { TensorComparison } from "../../src/protocol/comparison";
import { h, section, setText } from "../ui/dom";
import { count, plural } from "../ui/format";
import type { Context, Part } from "./part";
import { TensorGrid } from "./tensor-grid";
import { filtered, sorted } from "./tensor-rows";

/** Every compared tensor's figures, the farthest first; a search narrows them. */
export function tablePart({ ui }: Context): Part {
  const grid = new TensorGrid({
    select: (selected) => {
      ui.set({ selected });
    },
    sort: (sort) => {
      ui.set({ sort });
    },
  });
  const search = h("input", {
    type: "search",
    class: "search",
    placeholder: "Filter by name, shape or type",
    "aria-label": "Filter tensors",
    oninput: () => {
      ui.set({ search: search.value });
    },
  });
  const found = h("span", { class: "found", role: "status" });
  let key: readonly unknown[] = [];
  let rows: readonly TensorComparison[] = [];
  let largest = 0;
  return {
    element: section(
      "layers",
      "Layers by distance",
      h("div", { class: "toolbar" }, search, found),
      grid.element,
    ),
    update({ comparison: { tensors } }) {
      const { sort, search: words, selected } = ui.state;
      // Rows are made anew only where their order or choice changed: 10,000 are sorted in no time, but not for nothing.
      const now = [tensors, sort.key, sort.descending, words];
      if (now.some((part, i) => part !== key[i])) {
        rows = filtered(sorted(tensors, sort), words);
        largest = tensors.reduce((most, { distance }) => Math.max(most, distance ?? 0), 0);
        key = now;
      }
      if (search.value !== words) search.value = words;
      setText(
        found,
        rows.length === tensors.length
          ? plural(rows.length, "tensor")
          : `${count(rows.length)} of ${plural(tensors.length, "tensor")}`,
      );
      grid.show(rows, largest, sort, selected);
    },
  };
}
