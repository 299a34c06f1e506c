import { h, setAttribute } from "../dom";
import { figure } from "../format";
import { listKey } from "../list-keys";
import type { LineData } from "./line-data";
import { linePath } from "./line-path";
import { svg, textWidth } from "./svg";
import { ticks, tickText } from "./ticks";
import { Tooltip } from "./tooltip";

const TOP = 8;
const BELOW = 38;
const RIGHT = 14;
/** More points than this are not drawn one by one: the curve tells. */
const MOST_POINTS = 120;

/** Curves over one axis, from zero up. Pointing or arrow keys go from place to place and tell all curves' values there. */
export class LineChart {
  private readonly tooltip = new Tooltip();
  private readonly spoken = h("p", { class: "unseen", "aria-live": "polite" });
  readonly drawing: SVGSVGElement;
  readonly element = h("div", { class: "chart lines" }, this.tooltip.element, this.spoken);
  private data: LineData | null = null;
  private active = -1;
  private left = 0;

  /**
   * @param height in pixels
   */
  constructor(private readonly height: number) {
    this.drawing = svg("svg", { role: "img", tabindex: 0, height });
    this.element.prepend(this.drawing);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.element);
    this.drawing.addEventListener("pointermove", (event) => {
      this.point(this.nearest(event.offsetX));
    });
    this.drawing.addEventListener("pointerleave", () => {
      this.point(-1);
    });
    this.drawing.addEventListener("blur", () => {
      this.point(-1);
    });
    this.drawing.addEventListener("keydown", (event) => {
      this.key(event);
    });
  }

  show(data: LineData, label: string): void {
    setAttribute(this.drawing, "aria-label", `${label} Arrow keys go along it.`);
    this.data = data;
    this.active = Math.min(this.active, data.places.length - 1);
    this.draw();
  }

  private get width(): number {
    return this.element.clientWidth;
  }

  private x(place: number): number {
    const { places } = this.data!;
    const [first, last] = [places[0], places[places.length - 1]];
    const part = last > first ? (place - first) / (last - first) : 0.5;
    return this.left + part * (this.width - this.left - RIGHT);
  }

  private draw(): void {
    const { data, width, height } = this;
    this.drawing.replaceChildren();
    if (!data || data.places.length === 0 || width === 0) return;
    const most = data.lines
      .flatMap(({ values }) => values)
      .reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
    const upward = ticks(0, most > 0 ? most : 1, 5);
    this.left = Math.max(...upward.map((tick) => textWidth(tickText(tick)))) + 10;
    const floor = height - BELOW;
    const y = (value: number): number => floor - ((floor - TOP) * value) / (most > 0 ? most : 1);
    this.drawing.append(
      ...upward.flatMap((tick) => [
        svg("line", {
          class: "gridline",
          x1: this.left,
          x2: width - RIGHT,
          y1: y(tick),
          y2: y(tick),
        }),
        svg("text", { x: this.left - 8, y: y(tick) + 4, "text-anchor": "end" }, tickText(tick)),
      ]),
      ...this.axis(data, floor),
    );
    if (this.active >= 0) {
      const x = this.x(data.places[this.active]);
      this.drawing.append(svg("line", { class: "guide", x1: x, x2: x, y1: TOP, y2: floor }));
    }
    for (const line of data.lines) {
      const at = line.values.map((value, i) =>
        value === null ? null : ([this.x(data.places[i]), y(value)] as const),
      );
      this.drawing.append(svg("path", { class: `line ${line.kind}`, d: linePath(at) }));
      at.forEach((place, i) => {
        if (place === null || (at.length > MOST_POINTS && i !== this.active)) return;
        const [cx, cy] = place;
        const r = i === this.active ? 4.5 : 2.5;
        this.drawing.append(svg("circle", { class: `point ${line.kind}`, cx, cy, r }));
      });
    }
  }

  private axis({ places, axis }: LineData, floor: number): readonly SVGElement[] {
    const [first, last] = [places[0], places[places.length - 1]];
    const room = this.width - this.left - RIGHT;
    const marks = ticks(first, last, Math.max(2, room / 90));
    return [
      svg("line", { class: "axis", x1: this.left, x2: this.width - RIGHT, y1: floor, y2: floor }),
      ...marks.map((mark) =>
        svg("text", { x: this.x(mark), y: floor + 16, "text-anchor": "middle" }, tickText(mark)),
      ),
      svg("text", { x: this.left + room / 2, y: floor + 33, "text-anchor": "middle" }, axis),
    ];
  }

  private nearest(x: number): number {
    const places = this.data?.places ?? [];
    const away = places.map((place) => Math.abs(this.x(place) - x));
    return away.indexOf(Math.min(...away));
  }

  private point(index: number): void {
    const { data } = this;
    if (!data || index === this.active) return;
    this.active = index;
    this.draw();
    if (index < 0) this.tooltip.hide();
    else this.tooltip.show(this.words(data, index), this.x(data.places[index]), TOP + 70);
  }

  private key(event: KeyboardEvent): void {
    const { data } = this;
    if (!data || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = { ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown" }[event.key] ?? event.key;
    const to = listKey(key, this.active, data.places.length, 10);
    if (to === null || event.key === "ArrowUp" || event.key === "ArrowDown") return;
    event.preventDefault();
    this.point(to);
    this.spoken.textContent = this.words(data, to).join(", ");
  }

  private words({ names, lines }: LineData, index: number): readonly string[] {
    return [
      names[index],
      ...lines.map(
        ({ name, values }) => `${name}: ${values[index] === 0 ? "0" : figure(values[index])}`,
      ),
    ];
  }
}
