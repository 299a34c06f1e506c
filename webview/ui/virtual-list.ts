import { h } from "./dom";
import {
  itemsInSight,
  offsetAt,
  offsetThatShows,
  scrollAt,
  scrollExtent,
  type ScrollAxis,
} from "./scroll-axis";

export interface VirtualListOptions {
  /** Pixels; all rows are of this height. */
  readonly rowHeight: number;
  /** Makes the row at an index. */
  readonly row: (index: number) => HTMLElement;
}

/** Rows rendered beyond each edge, so that a small scroll shows no gap. */
const BEYOND = 6;

/** A scrolled list of which only the rows in sight are in the document. */
export class VirtualList {
  private readonly extent = h("div", { class: "extent", role: "presentation" });
  readonly element = h(
    "div",
    { class: "virtual", role: "presentation", tabindex: -1 },
    this.extent,
  );
  private readonly rows = new Map<number, HTMLElement>();
  private count = 0;
  private wanted: number | null = null;

  constructor(private readonly options: VirtualListOptions) {
    this.element.addEventListener("scroll", () => {
      this.fill();
    });
    new ResizeObserver(() => {
      this.resize();
    }).observe(this.element);
  }

  private get axis(): ScrollAxis {
    const { rowHeight } = this.options;
    return { count: this.count, size: rowHeight, viewport: this.element.clientHeight };
  }

  /** How many rows fit at once; at least 1. */
  get page(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / this.options.rowHeight) - 1);
  }

  /** The index of the first row in sight. */
  get top(): number {
    const { axis } = this;
    return Math.floor(offsetAt(axis, this.element.scrollTop) / axis.size);
  }

  /** Shows so many rows, all made anew. */
  show(count: number): void {
    this.count = count;
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.resize();
  }

  /** Scrolls no farther than it must for a row to be in sight. */
  reveal(index: number): void {
    // Without a height yet it is done at the first layout.
    if (this.element.clientHeight === 0) {
      this.wanted = index;
      return;
    }
    const { axis } = this;
    const offset = offsetAt(axis, this.element.scrollTop);
    const next = offsetThatShows(axis, offset, index);
    if (next !== offset) this.element.scrollTop = scrollAt(axis, next);
    this.fill();
  }

  /** The row at an index, where it is in the document. */
  row(index: number): HTMLElement | undefined {
    return this.rows.get(index);
  }

  private resize(): void {
    this.extent.style.height = `${scrollExtent(this.axis)}px`;
    // What stands above the rows in the same columns keeps clear of their scrollbar.
    const scrollbar = this.element.offsetWidth - this.element.clientWidth;
    this.element.parentElement?.style.setProperty("--scrollbar", `${scrollbar}px`);
    if (this.wanted !== null && this.element.clientHeight > 0) {
      const index = this.wanted;
      this.wanted = null;
      this.reveal(index);
    }
    this.fill();
  }

  private fill(): void {
    const { axis } = this;
    const scroll = this.element.scrollTop;
    const offset = offsetAt(axis, scroll);
    const { first, end } = itemsInSight(axis, offset, BEYOND);
    for (const [index, row] of this.rows)
      if (index < first || index >= end) {
        row.remove();
        this.rows.delete(index);
      }
    for (let index = first; index < end; index++) {
      let row = this.rows.get(index);
      if (!row) {
        row = this.options.row(index);
        this.rows.set(index, row);
        this.extent.append(row);
      }
      row.style.transform = `translateY(${index * axis.size - offset + scroll}px)`;
    }
  }
}
