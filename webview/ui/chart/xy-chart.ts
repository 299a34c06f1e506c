import { h, setAttribute } from "../dom";
import { linePath } from "./line-path";
import { svg, textWidth } from "./svg";
import { ticks, tickText } from "./ticks";
import { Tooltip } from "./tooltip";
import {
  horizontalRange,
  nearestPoint,
  verticalRange,
  type Range,
  type XyData,
  type XyPoint,
  type XySeries,
} from "./xy-data";

const TOP = 26;
const BELOW = 38;
const RIGHT = 14;
/** More points than this on a curve are not drawn one by one. */
const MOST_POINTS = 60;

type Place = readonly [series: number, point: number];

/**
 * Series of points over one axis, each with places of its own. Pointing tells the nearest point; left and right arrows go
 * along a series, up and down to the next one; click or Enter goes to a point's run.
 */
export class XyChart {
  private readonly tooltip = new Tooltip();
  private readonly spoken = h("p", { class: "unseen", "aria-live": "polite" });
  readonly drawing: SVGSVGElement;
  readonly element = h("div", { class: "chart xy" }, this.tooltip.element, this.spoken);
  private data: XyData | null = null;
  private active: Place | null = null;
  private selected: number | null = null;
  private left = 0;
  private xRange: Range = { from: 0, to: 1 };
  private yRange: Range = { from: 0, to: 1 };

  /**
   * @param height in pixels
   * @param choose is told the run of a point that is clicked
   */
  constructor(
    private readonly height: number,
    private readonly choose: (run: number) => void,
  ) {
    this.drawing = svg("svg", { role: "img", tabindex: 0, height });
    this.element.prepend(this.drawing);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.element);
    this.drawing.addEventListener("pointermove", ({ offsetX, offsetY }) => {
      const { series } = this.data ?? { series: [] };
      this.point(nearestPoint(series, (point) => this.at(point), offsetX, offsetY));
    });
    for (const event of ["pointerleave", "blur"])
      this.drawing.addEventListener(event, () => {
        this.point(null);
      });
    this.drawing.addEventListener("click", () => {
      this.go();
    });
    this.drawing.addEventListener("keydown", (event) => {
      this.key(event);
    });
  }

  /** @param selected the run whose points are ringed */
  show(data: XyData, label: string, selected: number | null): void {
    setAttribute(this.drawing, "aria-label", `${label} Arrow keys go from point to point.`);
    this.data = data;
    this.selected = selected;
    this.xRange = horizontalRange(data.series);
    this.yRange = verticalRange(data.series);
    if (this.active !== null && this.of(this.active) === undefined) this.active = null;
    this.draw();
  }

  private of([series, point]: Place): XyPoint | undefined {
    return this.data?.series.at(series)?.points.at(point);
  }

  private at({ x, y }: { readonly x: number; readonly y: number }): readonly [number, number] {
    const floor = this.height - BELOW;
    const width = Math.max(1, this.element.clientWidth - this.left - RIGHT);
    const { xRange, yRange } = this;
    return [
      this.left + (width * (x - xRange.from)) / (xRange.to - xRange.from),
      floor - ((floor - TOP) * (y - yRange.from)) / (yRange.to - yRange.from),
    ];
  }

  private draw(): void {
    const { data, height } = this;
    const width = this.element.clientWidth;
    this.drawing.replaceChildren();
    if (!data || width === 0) return;
    // On paper, which is narrower, the drawing shrinks as a whole.
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const upward = ticks(this.yRange.from, this.yRange.to, 5);
    this.left = Math.max(...upward.map((tick) => textWidth(tickText(tick)))) + 10;
    this.drawing.append(
      ...upward.flatMap((tick) => this.gridline(tick, width)),
      ...this.horizontal(data, width),
      svg("text", { x: 0, y: 11, class: "axis-name" }, ...subscripted(data.yName)),
      ...data.series.map((series, s) => this.drawSeries(series, s)),
    );
  }

  private gridline(tick: number, width: number): readonly SVGElement[] {
    const [, y] = this.at({ x: 0, y: tick });
    return [
      svg("line", { class: "gridline", x1: this.left, x2: width - RIGHT, y1: y, y2: y }),
      svg("text", { x: this.left - 8, y: y + 4, "text-anchor": "end" }, tickText(tick)),
    ];
  }

  private horizontal({ xName, xText }: XyData, width: number): readonly SVGElement[] {
    const floor = this.height - BELOW;
    const room = width - this.left - RIGHT;
    const marks = ticks(this.xRange.from, this.xRange.to, Math.max(2, room / 80));
    return [
      svg("line", { class: "axis", x1: this.left, x2: width - RIGHT, y1: floor, y2: floor }),
      ...marks.map((x) =>
        svg(
          "text",
          { x: this.at({ x, y: 0 })[0], y: floor + 16, "text-anchor": "middle" },
          xText(x),
        ),
      ),
      svg("text", { x: this.left + room / 2, y: floor + 33, "text-anchor": "middle" }, xName),
    ];
  }

  private drawSeries(series: XySeries, index: number): SVGElement {
    const { points, shape, shade } = series;
    const faded = this.active !== null && this.active[0] !== index && shape === "curve";
    const group = svg("g", {
      class: `series ${shape}${shade === null ? "" : " shaded"}${faded ? " faded" : ""}`,
    });
    if (shade !== null) group.style.setProperty("--shade", `${100 * shade}%`);
    if (shape === "curve") group.append(...this.band(points));
    if (shape === "means") group.append(...this.whiskers(points));
    if (shape !== "dots")
      group.append(
        svg("path", { class: "line", d: linePath(points.map((point) => this.at(point))) }),
      );
    points.forEach((point, p) => {
      const [cx, cy] = this.at(point);
      const here = this.active?.[0] === index && this.active[1] === p;
      const chosen = point.run !== null && point.run === this.selected;
      if (shape === "curve" && points.length > MOST_POINTS && !here) return;
      const plain = shape === "curve" ? 2 : shape === "dots" ? 3.5 : 3;
      group.append(
        svg("circle", {
          class: `point${chosen ? " chosen" : ""}`,
          cx,
          cy,
          r: here || chosen ? 5 : plain,
        }),
      );
    });
    return group;
  }

  private band(points: readonly XyPoint[]): readonly SVGElement[] {
    const wide = points.filter(({ deviation }) => deviation !== null);
    if (wide.length < 2) return [];
    const edge = (sign: number) =>
      wide.map(({ x, y, deviation }) => this.at({ x, y: y + sign * deviation! }));
    return [svg("path", { class: "band", d: `${linePath([...edge(1), ...edge(-1).reverse()])}Z` })];
  }

  private whiskers(points: readonly XyPoint[]): readonly SVGElement[] {
    return points.flatMap(({ x, y, deviation }) => {
      if (deviation === null) return [];
      const [x1, y1] = this.at({ x, y: y - deviation });
      const [x2, y2] = this.at({ x, y: y + deviation });
      return [svg("line", { class: "whisker", x1, y1, x2, y2 })];
    });
  }

  private point(next: Place | null): void {
    if (next?.[0] === this.active?.[0] && next?.[1] === this.active?.[1]) return;
    this.active = next;
    this.draw();
    const point = next && this.of(next);
    this.drawing.classList.toggle("leads", point?.run != null);
    if (point) this.tooltip.show(point.words, ...this.at(point));
    else this.tooltip.hide();
  }

  private go(): void {
    const run = this.active && this.of(this.active)?.run;
    if (run != null) this.choose(run);
  }

  private key(event: KeyboardEvent): void {
    const { data, active } = this;
    if (!data || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") this.go();
    else {
      const next = step(data.series, active, event.key);
      if (next === null) return;
      this.point(next);
      this.spoken.textContent = this.of(next)?.words.join(", ") ?? "";
    }
    event.preventDefault();
  }
}

/** A text with each letter after an underscore set low: `d(w_t, w_T)`. */
function subscripted(text: string): readonly (SVGElement | string)[] {
  return text
    .split(/_(\w)/)
    .flatMap((piece, i) =>
      i % 2 === 0
        ? [svg("tspan", i === 0 ? {} : { dy: -3 }, piece)]
        : [svg("tspan", { dy: 3, class: "low" }, piece)],
    );
}

/** Where an arrow key leads; null for another key, or where there is no point. */
function step(series: readonly XySeries[], from: Place | null, key: string): Place | null {
  const filled = series.flatMap(({ points }, s) => (points.length > 0 ? [s] : []));
  if (filled.length === 0) return null;
  const across = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  const along = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  if (across === 0 && along === 0) return null;
  if (from === null) return [filled[0], 0];
  const clamp = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  const s = filled[clamp(filled.indexOf(from[0]) + along, filled.length)];
  return [s, clamp(from[1] + across, series[s].points.length)];
}
