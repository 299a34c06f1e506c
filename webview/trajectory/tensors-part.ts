import type { Trajectory, TrajectoryTensor } from "../../src/protocol/trajectory";
import { h, section, setAttribute, type Child } from "../ui/dom";
import { figure, fixed } from "../ui/format";
import { listKey } from "../ui/list-keys";
import { splitName } from "../ui/split-name";
import { VirtualList } from "../ui/virtual-list";
import type { Context, Part } from "./part";

const ROW = 22;
const MOST_ROWS = 16;

/** Each tensor's net distance and path, the farthest first; a selected one shows its own curves. */
export function tensorsPart({ ui }: Context): Part {
  let tensors: readonly TrajectoryTensor[] = [];
  let largest = 0;
  let drawn: Trajectory | null = null;
  const select = (selected: string): void => {
    ui.set({ selected });
  };
  const list = new VirtualList({
    rowHeight: ROW,
    row: (index) => {
      const tensor = tensors[index];
      const onclick = (): void => {
        select(tensor.name);
      };
      return h(
        "div",
        {
          class: "row",
          role: "row",
          id: `tensor-${index}`,
          "aria-rowindex": index + 2,
          "aria-selected": String(tensor.name === ui.state.selected),
          onclick,
        },
        ...cells(tensor, largest),
      );
    },
  });
  const heads = ["tensor", "net distance", "path length", "path / net"];
  const grid = h(
    "div",
    { class: "tensor-table", role: "grid", tabindex: 0, "aria-label": "Tensors by net distance" },
    h(
      "div",
      { class: "row head", role: "row" },
      ...heads.map((head, i) =>
        h("div", { role: "columnheader", class: `cell ${i === 0 ? "name" : "figure"}` }, head),
      ),
    ),
    list.element,
  );
  const chosen = (): number => tensors.findIndex(({ name }) => name === ui.state.selected);
  grid.addEventListener("keydown", (event) => {
    const to = listKey(event.key, chosen(), tensors.length, list.page);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select(tensors[to].name);
  });
  return {
    element: section("tensors", "By tensor", grid),
    update({ trajectory }) {
      if (trajectory !== drawn) {
        drawn = trajectory;
        tensors = trajectory.tensors.toSorted(
          (a, b) => (b.netDistance ?? -1) - (a.netDistance ?? -1),
        );
        largest = tensors[0]?.netDistance ?? 0;
        list.element.style.height = `${Math.min(MOST_ROWS, Math.max(1, tensors.length)) * ROW}px`;
        setAttribute(grid, "aria-rowcount", String(tensors.length + 1));
        list.show(tensors.length);
      }
      for (const row of list.element.querySelectorAll("[aria-selected=true]"))
        row.setAttribute("aria-selected", "false");
      const at = chosen();
      if (at >= 0) list.reveal(at);
      list.row(at)?.setAttribute("aria-selected", "true");
      setAttribute(grid, "aria-activedescendant", at >= 0 ? `tensor-${at}` : null);
    },
  };
}

function cells(tensor: TrajectoryTensor, largest: number): readonly HTMLElement[] {
  const { name, netDistance, pathLength, pathRatio } = tensor;
  const bar = h("i");
  bar.style.width = `${largest > 0 ? (100 * (netDistance ?? 0)) / largest : 0}%`;
  const cell = (...children: readonly Child[]): HTMLElement =>
    h("div", { role: "gridcell", class: "cell figure" }, ...children);
  return [
    h("div", { role: "gridcell", class: "cell name" }, splitName(name)),
    cell(h("span", { class: "track", "aria-hidden": "true" }, bar), figure(netDistance)),
    cell(figure(pathLength)),
    cell(pathRatio === null ? "–" : fixed(pathRatio, 2)),
  ];
}
