import type { ChangeHistogram } from "../../src/protocol/comparison";
import { svg } from "../ui/chart/svg";
import { Tooltip } from "../ui/chart/tooltip";
import { h, setAttribute } from "../ui/dom";
import { count, figure } from "../ui/format";
import { decadeMarks, padded } from "./histogram";

const HEIGHT = 190;
const BELOW = 20;
const LEFT = 4;
const LEAST_BINS = 14;

/** Bars of changes by power of two: increases up, decreases down from one line. Arrow keys go from bar to bar. */
export class HistogramChart {
  private readonly tooltip = new Tooltip();
  private readonly spoken = h("p", { class: "unseen", "aria-live": "polite" });
  readonly drawing = svg("svg", { role: "img", tabindex: 0, height: HEIGHT });
  readonly element = h("div", { class: "chart histogram" }, this.tooltip.element, this.spoken);
  private given: ChangeHistogram | null = null;
  private histogram: ChangeHistogram | null = null;
  private active = -1;

  constructor() {
    this.element.prepend(this.drawing);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.element);
    this.drawing.addEventListener("pointermove", (event) => {
      this.point(Math.floor(((event.offsetX - LEFT) / this.width) * this.bins));
    });
    this.drawing.addEventListener("pointerleave", () => {
      this.point(-1);
    });
    this.drawing.addEventListener("blur", () => {
      this.point(-1);
    });
    this.drawing.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.point(Math.min(this.bins - 1, Math.max(0, this.active + step)));
      this.spoken.textContent = this.words(this.active).join(", ");
    });
  }

  show(histogram: ChangeHistogram, label: string): void {
    setAttribute(this.drawing, "aria-label", label);
    if (histogram === this.given) return;
    this.given = histogram;
    this.histogram = padded(histogram, LEAST_BINS);
    this.active = -1;
    this.draw();
  }

  private get bins(): number {
    return this.histogram?.increases.length ?? 0;
  }

  private get width(): number {
    return Math.max(40, this.element.clientWidth - 2 * LEFT);
  }

  private draw(): void {
    const { histogram, width, bins } = this;
    this.drawing.replaceChildren();
    if (!histogram || bins === 0 || this.element.clientWidth === 0) return;
    const { increases, decreases } = histogram;
    const peak = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b), 0);
    const [up, down] = [peak(increases), peak(decreases)];
    const room = HEIGHT - BELOW - 4;
    const middle = 2 + (room * up) / (up + down);
    const unit = room / (up + down);
    const step = width / bins;
    const bar = (bin: number, size: number, y: number, kind: string): SVGElement | null =>
      size === 0
        ? null
        : svg("rect", {
            class: `${kind}${bin === this.active ? " active" : ""}`,
            x: LEFT + bin * step + Math.min(1, step / 6),
            y,
            width: Math.max(0.5, step - Math.min(2, step / 3)),
            height: Math.max(0.5, size * unit),
          });
    const bars = increases.flatMap((size, bin) => [
      bar(bin, size, middle - size * unit, "up"),
      bar(bin, decreases[bin], middle, "down"),
    ]);
    const marks = decadeMarks(histogram, Math.max(2, Math.floor(width / 54))).flatMap(
      ({ exponent, place }) => {
        const x = LEFT + place * width;
        return [
          svg("line", { class: "gridline", x1: x, x2: x, y1: 2, y2: HEIGHT - BELOW }),
          svg(
            "text",
            { x, y: HEIGHT - 6, "text-anchor": "middle" },
            exponent >= -3 && exponent <= 3
              ? String(Number(`1e${exponent}`))
              : `1e${exponent}`.replace("-", "−"),
          ),
        ];
      },
    );
    this.drawing.append(
      ...marks,
      ...bars.filter((one) => one !== null),
      svg("line", { class: "base", x1: LEFT, x2: LEFT + width, y1: middle, y2: middle }),
    );
  }

  private point(bin: number): void {
    const next = bin >= 0 && bin < this.bins ? bin : -1;
    if (next === this.active) return;
    this.active = next;
    this.draw();
    if (next < 0) this.tooltip.hide();
    else this.tooltip.show(this.words(next), LEFT + ((next + 0.5) * this.width) / this.bins, 60);
  }

  private words(bin: number): readonly string[] {
    if (!this.histogram) return [];
    const { firstExponent, increases, decreases } = this.histogram;
    const bound = (exponent: number): string => figure(2 ** exponent, 3);
    return [
      `change of ${bound(firstExponent + bin)} to ${bound(firstExponent + bin + 1)}`,
      `${count(increases[bin])} went up`,
      `${count(decreases[bin])} went down`,
    ];
  }
}
