import { svg, textWidth } from "../ui/chart/svg";
import { Tooltip } from "../ui/chart/tooltip";
import { h, setAttribute } from "../ui/dom";
import { figure, percent, plural } from "../ui/format";
import { gridKey } from "./grid-keys";
import type { HeatCell, HeatGrid } from "./heat-grid";
import { heatColour } from "./heat-colour";
import type { HeatScale } from "./heat-scale";

const ROW = 18;
const WIDEST = 46;
const NARROWEST = 11;
const FONT = 11;
/** Labels of columns rise at this angle in degrees. */
const RISE = 50;
const LONGEST = 26;

/** Blocks by kinds as coloured fields; one is reached by pointing or by the arrow keys, and selected by a click or Enter. */
export class Heatmap {
  private readonly tooltip = new Tooltip();
  private readonly spoken = h("p", { class: "unseen", "aria-live": "polite" });
  readonly drawing = svg("svg", { tabindex: 0, role: "application" });
  readonly element = h("div", { class: "chart heatmap" }, this.tooltip.element, this.spoken);
  private grid: HeatGrid | null = null;
  private scale: HeatScale | null = null;
  private fields = new Map<HeatCell, SVGRectElement>();
  private selected: string | null = null;
  private active: HeatCell | null = null;

  constructor(private readonly select: (cell: HeatCell) => void) {
    this.element.prepend(this.drawing);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.element);
    this.drawing.addEventListener("pointerleave", () => {
      this.point(null);
    });
    this.drawing.addEventListener("blur", () => {
      this.point(null);
    });
    this.drawing.addEventListener("keydown", (event) => {
      this.key(event);
    });
  }

  show(grid: HeatGrid, scale: HeatScale, selected: string | null, label: string): void {
    setAttribute(this.drawing, "aria-label", label);
    const same = grid === this.grid;
    this.grid = grid;
    this.scale = scale;
    this.selected = selected;
    if (same) this.mark();
    else this.draw();
  }

  /** Draws anew, as after a change of the theme. */
  draw(): void {
    const { grid, scale } = this;
    const width = this.element.clientWidth;
    if (!grid || !scale || width === 0) return;
    const rows = grid.rows.map(cut);
    const columns = grid.columns.map(cut);
    const left = Math.max(...rows.map((row) => textWidth(row, FONT))) + 8;
    const radians = (RISE * Math.PI) / 180;
    const longest = Math.max(...columns.map((column) => textWidth(column, FONT)));
    const top = longest * Math.sin(radians) + 12;
    // The last label leans out to the right.
    const lean = textWidth(columns.at(-1) ?? "", FONT) * Math.cos(radians);
    const room = (width - left - lean) / columns.length;
    const step = Math.max(NARROWEST, Math.min(WIDEST, room));
    this.drawing.setAttribute("height", String(top + rows.length * ROW + 2));
    this.drawing.style.minWidth = `${left + columns.length * step + lean}px`;
    this.fields = new Map();
    const fields = grid.cells.map((cell) => {
      const depth = scale.depth(cell.relative);
      const field = svg("rect", {
        class: depth === null ? "field none" : "field",
        x: left + cell.column * step,
        y: top + cell.row * ROW,
        width: step - 1,
        height: ROW - 1,
      });
      if (depth !== null) field.style.fill = heatColour(depth);
      field.addEventListener("pointerenter", () => {
        this.point(cell);
      });
      field.addEventListener("click", () => {
        this.select(cell);
      });
      this.fields.set(cell, field);
      return field;
    });
    const every = Math.max(1, Math.ceil(FONT / ROW));
    this.drawing.replaceChildren(
      ...columns.map((column, i) => {
        const [x, y] = [left + (i + 0.5) * step, top - 5];
        return svg("text", { x, y, transform: `rotate(-${RISE} ${x} ${y})` }, column);
      }),
      ...rows.flatMap((row, i) =>
        i % every > 0
          ? []
          : [svg("text", { x: left - 6, y: top + i * ROW + 12.5, "text-anchor": "end" }, row)],
      ),
      ...fields,
    );
    this.mark();
  }

  private mark(): void {
    for (const [cell, field] of this.fields) {
      const chosen = cell.tensors.some(({ name }) => name === this.selected);
      field.classList.toggle("selected", chosen);
      field.classList.toggle("active", cell === this.active);
      // What is outlined must lie over its neighbours.
      if (chosen || cell === this.active) field.parentElement?.append(field);
    }
  }

  private point(cell: HeatCell | null): void {
    if (cell === this.active) return;
    this.active = cell;
    this.mark();
    const field = cell && this.fields.get(cell);
    if (!cell || !field) {
      this.tooltip.hide();
      return;
    }
    const x = Number(field.getAttribute("x")) + Number(field.getAttribute("width"));
    this.tooltip.show(
      cellWords(cell),
      x - this.element.scrollLeft,
      Number(field.getAttribute("y")),
    );
  }

  private key(event: KeyboardEvent): void {
    const { grid } = this;
    if (!grid || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      if (this.active) this.select(this.active);
      event.preventDefault();
      return;
    }
    const from =
      this.active ??
      grid.cells.find(({ tensors }) => tensors.some(({ name }) => name === this.selected));
    const to = gridKey(event.key, grid.cells, from ?? null);
    if (!to) return;
    event.preventDefault();
    this.point(to);
    this.spoken.textContent = cellWords(to).join(", ");
  }
}

/** What a field says where it is pointed at. */
export function cellWords({ tensors, relative, distance }: HeatCell): readonly string[] {
  const [first] = tensors;
  const name =
    tensors.length === 1 ? first.name : `${first.name} and ${plural(tensors.length - 1, "other")}`;
  return [
    name,
    relative === null ? "relative distance: none" : `relative distance ${percent(100 * relative)}`,
    `distance ${figure(distance)}`,
  ];
}

/** A name that fits beside the fields: its end tells more than its beginning. */
function cut(name: string): string {
  return name.length <= LONGEST ? name : `…${name.slice(1 - LONGEST)}`;
}
