import { h, setAttribute } from "../dom";
import { figure } from "../format";
import { binStart, type BarData } from "./bar-data";
import { linePath } from "./line-path";
import { svg, textWidth } from "./svg";
import { ticks, tickText } from "./ticks";
import { Tooltip } from "./tooltip";

const TOP = 8;
const BELOW = 38;
const RIGHT = 14;

/** A histogram's bars, and the curve of what was expected. Arrow keys go from bar to bar. */
export class BarChart {
  private readonly tooltip = new Tooltip();
  private readonly spoken = h("p", { class: "unseen", "aria-live": "polite" });
  readonly drawing: SVGSVGElement;
  readonly element = h("div", { class: "chart bars" }, this.tooltip.element, this.spoken);
  private data: BarData | null = null;
  private active = -1;
  private left = 0;

  /** @param height in pixels */
  constructor(private readonly height: number) {
    this.drawing = svg("svg", { role: "img", tabindex: 0, height });
    this.element.prepend(this.drawing);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.element);
    this.drawing.addEventListener("pointermove", (event) => {
      this.point(Math.floor((event.offsetX - this.left) / this.step));
    });
    for (const event of ["pointerleave", "blur"])
      this.drawing.addEventListener(event, () => {
        this.point(-1);
      });
    this.drawing.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      this.point(Math.min(this.bins - 1, Math.max(0, this.active + by)));
      this.spoken.textContent = this.words(this.active).join(", ");
    });
  }

  show(data: BarData, label: string): void {
    setAttribute(this.drawing, "aria-label", `${label} Arrow keys go along it.`);
    this.data = data;
    this.active = -1;
    this.draw();
  }

  private get bins(): number {
    return Math.max(1, this.data?.counts.length ?? 1);
  }

  private get step(): number {
    return Math.max(1, this.element.clientWidth - this.left - RIGHT) / this.bins;
  }

  private draw(): void {
    this.drawing.replaceChildren();
    if (!this.data || this.element.clientWidth === 0) return;
    const { counts, expected, axis, from, to } = this.data;
    // On paper, which is narrower, the drawing shrinks as a whole.
    this.drawing.setAttribute("viewBox", `0 0 ${this.element.clientWidth} ${this.height}`);
    const most = Math.max(...counts, ...expected);
    const upward = ticks(0, most, 4);
    this.left = Math.max(...upward.map((tick) => textWidth(tickText(tick)))) + 10;
    const { left, step } = this;
    const right = left + step * this.bins;
    const floor = this.height - BELOW;
    const x = (value: number): number => left + ((value - from) / (to - from)) * (right - left);
    const y = (value: number): number => floor - ((floor - TOP) * value) / most;
    this.drawing.append(
      ...upward.flatMap((tick) => [
        svg("line", { class: "gridline", x1: left, x2: right, y1: y(tick), y2: y(tick) }),
        svg("text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, tickText(tick)),
      ]),
      ...counts.map((found, bin) =>
        svg("rect", {
          class: bin === this.active ? "bar active" : "bar",
          x: left + bin * step + Math.min(1, step / 6),
          y: y(found),
          width: Math.max(0.5, step - Math.min(2, step / 3)),
          height: floor - y(found),
        }),
      ),
      ...(expected.length === 0
        ? []
        : [
            svg("path", {
              class: "line initial",
              d: linePath(
                expected.map((value, bin) => [left + (bin + 0.5) * step, y(value)] as const),
              ),
            }),
          ]),
      svg("line", { class: "axis", x1: left, x2: right, y1: floor, y2: floor }),
      ...ticks(from, to, Math.max(2, (right - left) / 90)).map((tick) =>
        svg("text", { x: x(tick), y: floor + 16, "text-anchor": "middle" }, tickText(tick)),
      ),
      svg("text", { x: (left + right) / 2, y: floor + 33, "text-anchor": "middle" }, axis),
    );
  }

  private point(bin: number): void {
    const next = bin >= 0 && bin < this.bins ? bin : -1;
    if (next === this.active) return;
    this.active = next;
    this.draw();
    if (next < 0) this.tooltip.hide();
    else this.tooltip.show(this.words(next), this.left + (next + 0.5) * this.step, TOP + 70);
  }

  private words(bin: number): readonly string[] {
    if (!this.data) return [];
    return [
      `${figure(binStart(this.data, bin))} to ${figure(binStart(this.data, bin + 1))}`,
      ...this.data.words(bin),
    ];
  }
}
