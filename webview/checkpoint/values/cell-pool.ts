import type { Rectangle } from "../../../src/protocol/checkpoint-editor";
import { arrange, h, setAttribute, setText } from "../../ui/dom";
import { count } from "../../ui/format";
import { numberText } from "./number-text";
import type { Cell } from "./selection";

interface Stretch {
  readonly first: number;
  readonly end: number;
}

/** What of a grid is in sight. */
export interface Sight {
  readonly down: Stretch;
  readonly across: Stretch;
  /** Pixels of the content before what is in sight. */
  readonly offsets: { readonly row: number; readonly column: number };
  readonly width: number;
  readonly height: number;
  readonly headWidth: number;
  readonly value: (row: number, column: number) => number | bigint | undefined;
  readonly selected: Rectangle;
  readonly focus: Cell;
}

const FOCUSED = "value-focused";

/** The elements of a grid's cells, used again for others as it scrolls. The layer stays where its scroller is. */
export class CellPool {
  private readonly corner = h("div", { class: "corner", "aria-hidden": "true" });
  private readonly head = h("div", { class: "value-heads", role: "row", "aria-rowindex": 1 });
  readonly element = h("div", { class: "layer", role: "presentation" }, this.head, this.corner);
  private readonly rows: HTMLElement[] = [];

  constructor(
    private readonly rowHeight: number,
    private readonly columnWidth: number,
  ) {}

  /** The id of the focused cell; null where it is out of sight. */
  get focusedId(): string | null {
    return this.element.querySelector(`#${FOCUSED}`) ? FOCUSED : null;
  }

  draw(sight: Sight): void {
    const { down, across, offsets, headWidth } = sight;
    this.element.style.width = `${sight.width}px`;
    this.element.style.height = `${sight.height}px`;
    this.corner.style.width = `${headWidth}px`;
    const left = (column: number): string =>
      `translateX(${headWidth + column * this.columnWidth - offsets.column}px)`;
    const columns = across.end - across.first;
    this.fillHead(sight, columns, left);
    while (this.rows.length < down.end - down.first) this.rows.push(h("div", { role: "row" }));
    const shown = this.rows.slice(0, down.end - down.first);
    shown.forEach((element, index) => {
      const row = down.first + index;
      setAttribute(element, "aria-rowindex", String(row + 2));
      element.className = "value-row";
      const top = this.rowHeight + row * this.rowHeight - offsets.row;
      element.style.transform = `translateY(${top}px)`;
      cells(element, columns + 1, "gridcell").forEach((cell, at) => {
        if (at === columns) {
          // The row's number stands last, so that it lies over what is scrolled beneath it.
          cell.className = "row-head";
          setAttribute(cell, "role", "rowheader");
          setAttribute(cell, "aria-colindex", "1");
          cell.style.width = `${headWidth}px`;
          cell.style.transform = "";
          setText(cell, count(row));
          return;
        }
        this.fill(cell, sight, row, across.first + at);
        cell.style.transform = left(across.first + at);
      });
    });
    arrange(this.element, [...shown, this.head, this.corner]);
  }

  private fillHead(sight: Sight, columns: number, left: (column: number) => string): void {
    cells(this.head, columns, "columnheader").forEach((cell, at) => {
      const column = sight.across.first + at;
      cell.className = "value-cell";
      setAttribute(cell, "aria-colindex", String(column + 2));
      setText(cell, count(column));
      cell.style.width = `${this.columnWidth}px`;
      cell.style.transform = left(column);
    });
  }

  private fill(cell: HTMLElement, sight: Sight, row: number, column: number): void {
    const value = sight.value(row, column);
    const { selected, focus } = sight;
    const inside =
      row >= selected.row &&
      row < selected.row + selected.rows &&
      column >= selected.column &&
      column < selected.column + selected.columns;
    const focused = row === focus.row && column === focus.column;
    cell.className = `value-cell${value === undefined ? " waiting" : ""}${focused ? " focused" : ""}`;
    setAttribute(cell, "role", "gridcell");
    setAttribute(cell, "aria-colindex", String(column + 2));
    setAttribute(cell, "aria-selected", String(inside));
    setAttribute(cell, "id", focused ? FOCUSED : null);
    setAttribute(cell, "title", value === undefined ? null : String(value));
    cell.style.width = `${this.columnWidth}px`;
    setText(cell, value === undefined ? "" : numberText(value));
  }
}

/** So many children of a row, made or removed. */
function cells(row: HTMLElement, wanted: number, role: string): HTMLElement[] {
  while (row.childElementCount > wanted) row.lastElementChild?.remove();
  while (row.childElementCount < wanted) row.append(h("div", { role }));
  return [...row.children] as HTMLElement[];
}
