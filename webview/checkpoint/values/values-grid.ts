import {
  MAX_VALUES,
  type Slice,
  type TensorApi,
  type ValuesBlock,
} from "../../../src/protocol/checkpoint-editor";
import { failureOf } from "../../../src/protocol/rpc";
import type { RpcClient } from "../../../src/protocol/rpc-client";
import { h, setAttribute, setText } from "../../ui/dom";
import { count, plural } from "../../ui/format";
import {
  itemsInSight,
  offsetAt,
  offsetThatShows,
  scrollAt,
  scrollExtent,
  type ScrollAxis,
} from "../../ui/scroll-axis";
import { BlockCache } from "./block-cache";
import { CellPool } from "./cell-pool";
import { tabSeparated } from "./number-text";
import { moved, rectangleOf, single, type Cell, type Selection } from "./selection";

const ROW = 22;
const COLUMN = 108;

/** The plane whose values are shown. */
export interface ValuesToShow {
  readonly tensor: string;
  readonly slice: Slice;
  readonly rows: number;
  readonly columns: number;
}

/** A plane as numbers: cells for what is in sight only, read by blocks; a selection is copied as tab-separated text. */
export class ValuesGrid {
  private readonly pool = new CellPool(ROW, COLUMN);
  private readonly extent = h("div", { class: "extent", role: "presentation" }, this.pool.element);
  private readonly scroller = h(
    "div",
    {
      class: "values",
      role: "grid",
      tabindex: 0,
      "aria-multiselectable": "true",
      "aria-describedby": "values-keys",
    },
    this.extent,
  );
  private readonly status = h("span", { role: "status" });
  private readonly keys = h(
    "span",
    { class: "keys", id: "values-keys" },
    "drag or Shift+arrow keys select · Ctrl+C copies",
  );
  readonly element = h(
    "div",
    { class: "values-part" },
    this.scroller,
    h("p", { class: "legend" }, this.status, this.keys),
  );
  private plane: ValuesToShow | null = null;
  private cache: BlockCache | null = null;
  private selection: Selection = single({ row: 0, column: 0 });

  constructor(
    private readonly tensors: RpcClient<TensorApi>,
    private readonly copy: (text: string) => void,
  ) {
    this.scroller.addEventListener("scroll", () => {
      this.draw();
    });
    this.scroller.addEventListener("keydown", (event) => {
      this.key(event);
    });
    this.scroller.addEventListener("pointerdown", (event) => {
      this.press(event);
    });
    new ResizeObserver(() => {
      this.resized();
    }).observe(this.scroller);
  }

  /** Shows a plane from its beginning; null stops everything. */
  show(plane: ValuesToShow | null): void {
    this.cache?.stop();
    this.plane = plane;
    this.cache = null;
    this.selection = single({ row: 0, column: 0 });
    if (plane === null) return;
    setText(this.status, "");
    setAttribute(this.scroller, "aria-label", `Values of ${plane.tensor}`);
    setAttribute(this.scroller, "aria-rowcount", String(plane.rows + 1));
    setAttribute(this.scroller, "aria-colcount", String(plane.columns + 1));
    this.cache = new BlockCache(
      plane.rows,
      plane.columns,
      (rectangle, signal) => this.read(plane, rectangle, signal),
      () => {
        this.draw();
      },
      (error) => {
        setText(this.status, `Cannot be read: ${failureOf(error).reason}.`);
      },
    );
    this.scroller.scrollTo(0, 0);
    this.resized();
  }

  private read(
    { tensor, slice }: ValuesToShow,
    rectangle: { row: number; column: number; rows: number; columns: number },
    signal?: AbortSignal,
  ): Promise<ValuesBlock> {
    return this.tensors.call("values", { tensor, slice, rectangle }, { signal });
  }

  private get axes(): { readonly rows: ScrollAxis; readonly columns: ScrollAxis } {
    const { clientHeight, clientWidth } = this.scroller;
    const viewport = (length: number, heads: number): number => Math.max(1, length - heads);
    return {
      rows: {
        count: this.plane?.rows ?? 0,
        size: ROW,
        viewport: viewport(clientHeight, ROW),
      },
      columns: {
        count: this.plane?.columns ?? 0,
        size: COLUMN,
        viewport: viewport(clientWidth, this.headWidth),
      },
    };
  }

  /** The row numbers' width: as many digits as the last has. */
  private get headWidth(): number {
    return Math.max(44, 16 + 8 * count(this.plane?.rows ?? 0).length);
  }

  private resized(): void {
    const { rows, columns } = this.axes;
    this.extent.style.height = `${scrollExtent(rows) + ROW}px`;
    this.extent.style.width = `${scrollExtent(columns) + this.headWidth}px`;
    this.draw();
  }

  private draw(): void {
    const { cache, plane } = this;
    if (!cache || !plane || this.scroller.clientHeight === 0) return;
    const { rows, columns } = this.axes;
    const offsets = {
      row: offsetAt(rows, this.scroller.scrollTop),
      column: offsetAt(columns, this.scroller.scrollLeft),
    };
    const down = itemsInSight(rows, offsets.row, 1);
    const across = itemsInSight(columns, offsets.column, 1);
    if (down.end > down.first && across.end > across.first)
      cache.want({
        row: down.first,
        column: across.first,
        rows: down.end - down.first,
        columns: across.end - across.first,
      });
    this.pool.draw({
      down,
      across,
      offsets,
      width: this.scroller.clientWidth,
      height: this.scroller.clientHeight,
      headWidth: this.headWidth,
      value: (row, column) => cache.value(row, column),
      selected: rectangleOf(this.selection),
      focus: this.selection.focus,
    });
    setAttribute(this.scroller, "aria-activedescendant", this.pool.focusedId);
  }

  private select(selection: Selection): void {
    this.selection = selection;
    const { rows, columns } = this.axes;
    const { focus } = selection;
    const show = (axis: ScrollAxis, scroll: number, index: number): number => {
      const offset = offsetAt(axis, scroll);
      const next = offsetThatShows(axis, offset, index);
      return next === offset ? scroll : scrollAt(axis, next);
    };
    this.scroller.scrollTop = show(rows, this.scroller.scrollTop, focus.row);
    this.scroller.scrollLeft = show(columns, this.scroller.scrollLeft, focus.column);
    const { rows: down, columns: across } = rectangleOf(selection);
    setText(this.status, down * across > 1 ? `${count(down)} × ${count(across)} selected` : "");
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    if (!this.plane || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c") {
      event.preventDefault();
      void this.copySelection(this.plane);
      return;
    }
    const page = Math.max(1, Math.floor(this.axes.rows.viewport / ROW) - 1);
    const next = moved(this.selection, event, { ...this.plane, page });
    if (next === null) return;
    event.preventDefault();
    this.select(next);
  }

  private press(event: PointerEvent): void {
    const cell = this.cellAt(event);
    if (event.button !== 0 || !cell) return;
    this.select(event.shiftKey ? { ...this.selection, focus: cell } : single(cell));
    const drag = (move: PointerEvent): void => {
      const over = this.cellAt(move);
      if (over) this.select({ ...this.selection, focus: over });
    };
    const stop = new AbortController();
    this.scroller.addEventListener("pointermove", drag, { signal: stop.signal });
    for (const end of ["pointerup", "pointercancel"] as const)
      window.addEventListener(
        end,
        () => {
          stop.abort();
        },
        { once: true, signal: stop.signal },
      );
  }

  private cellAt(event: PointerEvent): Cell | null {
    const { plane } = this;
    if (!plane) return null;
    const box = this.scroller.getBoundingClientRect();
    const x = event.clientX - box.left - this.headWidth;
    const y = event.clientY - box.top - ROW;
    const { rows, columns } = this.axes;
    if (x < 0 || y < 0 || x >= columns.viewport || y >= rows.viewport) return null;
    const row = Math.floor((offsetAt(rows, this.scroller.scrollTop) + y) / ROW);
    const column = Math.floor((offsetAt(columns, this.scroller.scrollLeft) + x) / COLUMN);
    return row < plane.rows && column < plane.columns ? { row, column } : null;
  }

  private async copySelection(plane: ValuesToShow): Promise<void> {
    const rectangle = rectangleOf(this.selection);
    const cells = rectangle.rows * rectangle.columns;
    if (cells > MAX_VALUES) {
      setText(this.status, `At most ${count(MAX_VALUES)} values can be copied at once.`);
      return;
    }
    try {
      const { values } = await this.read(plane, rectangle);
      this.copy(tabSeparated(values, rectangle.columns));
      setText(this.status, `${plural(cells, "value")} copied`);
    } catch (error) {
      setText(this.status, `Cannot be copied: ${failureOf(error).reason}.`);
    }
  }
}
