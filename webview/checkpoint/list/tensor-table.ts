import type { ListedTensor } from "../../../src/protocol/checkpoint-editor";
import { h, setAttribute, type Child } from "../../ui/dom";
import { bytesText, count, shapeText } from "../../ui/format";
import { keepFocus } from "../../ui/list-focus";
import { listKey } from "../../ui/list-keys";
import { VirtualList } from "../../ui/virtual-list";
import type { TensorChoice } from "./list-part";
import { nextSort, type Sort, type SortKey } from "./rows";
import { tensorName } from "./tensor-name";

const COLUMNS: readonly {
  readonly key: SortKey;
  readonly label: string;
  readonly cell: (tensor: ListedTensor) => Child;
}[] = [
  { key: "name", label: "name", cell: tensorName },
  { key: "dtype", label: "type", cell: ({ dtype }) => dtype },
  { key: "shape", label: "shape", cell: ({ shape }) => shapeText(shape) },
  { key: "parameters", label: "parameters", cell: ({ parameters }) => count(parameters) },
  { key: "bytes", label: "size", cell: ({ bytes }) => bytesText(bytes) },
  { key: "role", label: "role", cell: ({ role }) => role },
];

const ROW = 22;
const rowId = (index: number): string => `row-${index}`;

/** The tensors as a sortable grid with rows for what is in sight only. */
export class TensorTable {
  private readonly heads = COLUMNS.map(({ key, label }) =>
    h(
      "div",
      { role: "columnheader", class: `cell ${key}` },
      h(
        "button",
        {
          type: "button",
          onclick: () => {
            this.choice.sort(nextSort(this.sorting, key));
          },
        },
        label,
      ),
    ),
  );
  private readonly list = new VirtualList({ rowHeight: ROW, row: (index) => this.row(index) });
  readonly element = h(
    "div",
    { class: "tensor-table", role: "grid", tabindex: 0, "aria-label": "Tensors" },
    h("div", { class: "row head", role: "row", "aria-rowindex": 1 }, ...this.heads),
    this.list.element,
  );
  private tensors: readonly ListedTensor[] = [];
  private sorting: Sort = { key: "order", descending: false };
  private selected = -1;

  constructor(private readonly choice: TensorChoice) {
    this.element.addEventListener("keydown", (event) => {
      this.key(event);
    });
    keepFocus(this.element, this.list.element);
  }

  show(tensors: readonly ListedTensor[], sort: Sort, selected: string | null): void {
    const same = tensors === this.tensors;
    this.tensors = tensors;
    this.sorting = sort;
    const index = tensors.findIndex(({ name }) => name === selected);
    const moved = index !== this.selected;
    this.selected = index;
    setAttribute(this.element, "aria-rowcount", String(tensors.length + 1));
    COLUMNS.forEach(({ key }, column) => {
      const direction = sort.descending ? "descending" : "ascending";
      setAttribute(this.heads[column], "aria-sort", key === sort.key ? direction : null);
    });
    if (!same) this.list.show(tensors.length);
    if (index >= 0 && (moved || !same)) this.list.reveal(index);
    this.markSelected();
  }

  private markSelected(): void {
    for (const row of this.list.element.querySelectorAll("[aria-selected=true]"))
      row.setAttribute("aria-selected", "false");
    this.list.row(this.selected)?.setAttribute("aria-selected", "true");
    const inSight = this.list.row(this.selected) !== undefined;
    setAttribute(this.element, "aria-activedescendant", inSight ? rowId(this.selected) : null);
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
        h("div", { role: "gridcell", class: `cell ${key}` }, cell(tensor)),
      ),
    );
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = listKey(event.key, this.selected, this.tensors.length, this.list.page);
    if (to !== null) {
      event.preventDefault();
      this.choice.select(this.tensors[to].name);
    } else this.choice.otherKey(event);
  }
}
