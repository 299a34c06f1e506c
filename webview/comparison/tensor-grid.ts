import type { TensorComparison } from "../../src/protocol/comparison";
import { h, setAttribute, type Child } from "../ui/dom";
import { figure, percent, shapeText } from "../ui/format";
import { listKey } from "../ui/list-keys";
import { splitName } from "../ui/split-name";
import { VirtualList } from "../ui/virtual-list";
import { nextSort, type Sort, type SortKey } from "./tensor-rows";

const COLUMNS: readonly {
  readonly key: SortKey;
  readonly label: string;
  readonly title: string;
  readonly cell: (tensor: TensorComparison, largest: number) => readonly Child[];
}[] = [
  { key: "name", label: "tensor", title: "Name in A", cell: tensorName },
  { key: "shape", label: "shape", title: "Shape", cell: ({ shape }) => [shapeText(shape)] },
  { key: "distance", label: "distance", title: "Euclidean distance |B − A|", cell: distanceBar },
  {
    key: "relative",
    label: "relative",
    title: "Distance over A's own length",
    cell: ({ relativeDistance: value }) => [value === null ? "–" : percent(100 * value)],
  },
  {
    key: "rms",
    label: "RMS",
    title: "Root mean square of the changes",
    cell: ({ rmsChange }) => [figure(rmsChange, 3)],
  },
  {
    key: "rotation",
    label: "rotation",
    title: "1 − cosine of the angle between A and B",
    cell: ({ rotation }) => [figure(rotation, 3)],
  },
  {
    key: "largest",
    label: "largest",
    title: "Largest change of one value",
    cell: ({ maxChange }) => [figure(maxChange, 3)],
  },
  {
    key: "changed",
    label: "changed",
    title: "Share of values that are not equal",
    cell: ({ changedShare }) => [changedShare === null ? "–" : percent(100 * changedShare)],
  },
];

const ROW = 22;
const MOST_ROWS = 20;
const rowId = (index: number): string => `row-${index}`;

export interface GridChoice {
  select(name: string): void;
  sort(sort: Sort): void;
}

/** The compared tensors as a sortable grid with rows for what is in sight only. */
export class TensorGrid {
  private readonly heads = COLUMNS.map(({ key, label, title }) => {
    const sort = (): void => {
      this.choice.sort(nextSort(this.sorting, key));
    };
    const button = h("button", { type: "button", title, onclick: sort }, label);
    return h("div", { role: "columnheader", class: `cell ${key}` }, button);
  });
  private readonly list = new VirtualList({ rowHeight: ROW, row: (index) => this.row(index) });
  readonly element = h(
    "div",
    { class: "tensor-table", role: "grid", tabindex: 0, "aria-label": "Layers by distance" },
    h("div", { class: "row head", role: "row", "aria-rowindex": 1 }, ...this.heads),
    this.list.element,
  );
  private tensors: readonly TensorComparison[] = [];
  private largest = 0;
  private sorting: Sort = { key: "order", descending: false };
  private selected = -1;

  constructor(private readonly choice: GridChoice) {
    this.element.addEventListener("keydown", (event) => {
      this.key(event);
    });
  }

  /**
   * @param largest distance that a full bar stands for
   */
  show(
    tensors: readonly TensorComparison[],
    largest: number,
    sort: Sort,
    selected: string | null,
  ): void {
    const same = tensors === this.tensors;
    this.tensors = tensors;
    this.largest = largest;
    this.sorting = sort;
    const index = tensors.findIndex(({ name }) => name === selected);
    const moved = index !== this.selected;
    this.selected = index;
    setAttribute(this.element, "aria-rowcount", String(tensors.length + 1));
    COLUMNS.forEach(({ key }, column) => {
      const direction = sort.descending ? "descending" : "ascending";
      setAttribute(this.heads[column], "aria-sort", key === sort.key ? direction : null);
    });
    this.list.element.style.height = `${Math.min(MOST_ROWS, Math.max(1, tensors.length)) * ROW}px`;
    if (!same) this.list.show(tensors.length);
    if (index >= 0 && (moved || !same)) this.list.reveal(index);
    this.markSelected();
  }

  private markSelected(): void {
    for (const row of this.list.element.querySelectorAll("[aria-selected=true]"))
      row.setAttribute("aria-selected", "false");
    const row = this.list.row(this.selected);
    row?.setAttribute("aria-selected", "true");
    setAttribute(this.element, "aria-activedescendant", row ? rowId(this.selected) : null);
  }

  private row(index: number): HTMLElement {
    const tensor = this.tensors[index];
    return h(
      "div",
      {
        class: "row",
        role: "row",
        id: rowId(index),
        "aria-rowindex": index + 2,
        "aria-selected": String(index === this.selected),
        onclick: () => {
          this.choice.select(tensor.name);
        },
      },
      ...COLUMNS.map(({ key, cell }) =>
        h("div", { role: "gridcell", class: `cell ${key}` }, ...cell(tensor, this.largest)),
      ),
    );
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = listKey(event.key, this.selected, this.tensors.length, this.list.page);
    if (to === null) return;
    event.preventDefault();
    this.choice.select(this.tensors[to].name);
  }
}

function tensorName({ name, nameInB, dtype, dtypeInB }: TensorComparison): readonly Child[] {
  const types = dtype === dtypeInB ? dtype : `${dtype} → ${dtypeInB}`;
  return [splitName(name, `${name}${nameInB === undefined ? "" : `\nin B: ${nameInB}`}\n${types}`)];
}

function distanceBar({ distance }: TensorComparison, largest: number): readonly Child[] {
  const bar = h("i");
  bar.style.width = `${largest > 0 ? (100 * (distance ?? 0)) / largest : 0}%`;
  return [h("span", { class: "track", "aria-hidden": "true" }, bar), figure(distance)];
}
