import type { TensorFigures } from "../../../src/protocol/checkpoint-editor";
import { Choice } from "../../ui/choice";
import { h, setAttribute, setText } from "../../ui/dom";
import { figure, plural } from "../../ui/format";

/** How a tensor's finite values are spread from the least to the greatest. */
export class Histogram {
  private readonly bars = h("div", { class: "bars", role: "img" });
  private readonly low = h("span");
  private readonly high = h("span");
  private readonly zero = h("span", { class: "zero" }, "0");
  private readonly choice: Choice<"linear" | "log">;
  readonly element: HTMLElement;

  constructor(chosen: (logCounts: boolean) => void) {
    this.choice = new Choice(
      "counts",
      "Scale of counts",
      [
        ["linear", "Counts"],
        ["log", "Log"],
      ],
      (scale) => {
        chosen(scale === "log");
      },
    );
    this.element = h(
      "div",
      { class: "histogram" },
      this.choice.element,
      this.bars,
      h("p", { class: "ends" }, this.low, this.zero, this.high),
    );
  }

  show({ histogram, min, max, elements, nonFinite }: TensorFigures, logCounts: boolean): void {
    this.choice.show(logCounts ? "log" : "linear");
    this.element.hidden = min === null || max === null;
    if (min === null || max === null) return;
    const bins = histogram.length;
    const size = (value: number): number => (logCounts ? Math.log1p(value) : value);
    const most = Math.max(...histogram.map(size));
    const edge = (bin: number): number => min + (max - min) * (bin / bins);
    this.bars.replaceChildren(
      ...Array.from(histogram, (number, bin) => {
        const bar = h("i", {
          title: `${figure(edge(bin), 3)} to ${figure(edge(bin + 1), 3)}: ${plural(number, "value")}`,
          class: edge(bin + 1) <= 0 && min < 0 ? "below" : "above",
        });
        // A bin that is not empty is to be seen, however full the fullest is.
        const height = number === 0 ? 0 : Math.max(1.5, (100 * size(number)) / most);
        bar.style.setProperty("--height", `${height}%`);
        return bar;
      }),
    );
    setAttribute(
      this.bars,
      "aria-label",
      `Histogram of ${plural(elements - nonFinite, "value")} from ${figure(min)} to ${figure(max)}`,
    );
    setText(this.low, figure(min, 3));
    setText(this.high, figure(max, 3));
    const at = min < max ? -min / (max - min) : 0;
    this.zero.hidden = at < 0.12 || at > 0.88;
    this.zero.style.left = `${100 * at}%`;
  }
}
