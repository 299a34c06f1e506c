import type { ListedTensor, TensorFigures } from "../../../src/protocol/checkpoint-editor";
import { h, section, setAttribute, setText } from "../../ui/dom";
import { bytesText, count, figure, share } from "../../ui/format";
import { failureSentence } from "../failure-words";
import type { Context } from "../part";
import { FiguresSource } from "./figures-source";
import { Histogram } from "./histogram";

/** Figures of at most so many elements are computed unasked: it takes less than a glance. */
const UNASKED = 1 << 22;

const FIGURES: readonly (readonly [string, string, (figures: TensorFigures) => string])[] = [
  ["L2 norm", "Square root of the sum of squares", ({ l2 }) => figure(l2)],
  ["RMS", "Square root of the mean square", ({ rms }) => figure(rms)],
  ["mean", "", ({ mean }) => figure(mean)],
  ["std", "Standard deviation over all elements", ({ std }) => figure(std)],
  ["min", "", ({ min }) => figure(min)],
  ["max", "", ({ max }) => figure(max)],
  ["zeros", "Elements that are exactly 0", ({ zeros, elements }) => part(zeros, elements)],
  [
    "not finite",
    "Infinite or NaN; the other figures leave them out",
    ({ nonFinite }) => count(nonFinite),
  ],
];

/** A tensor's norms and histogram, computed when they are asked for. */
export class FiguresPart {
  private readonly values = FIGURES.map(() => h("dd"));
  private readonly list = h(
    "dl",
    { class: "tensor-figures" },
    ...FIGURES.map(([name, title], index) =>
      h("div", { title }, h("dt", {}, name), this.values[index]),
    ),
  );
  private readonly histogram: Histogram;
  private readonly note = h("p", { class: "note", role: "status" });
  private readonly bar = h("div", { class: "done" });
  private readonly progress = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": "Computing figures",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    this.bar,
  );
  private readonly button = h("button", { type: "button", class: "link" });
  readonly element: HTMLElement;
  private readonly source: FiguresSource;
  private tensor: ListedTensor | null = null;

  constructor({ host, ui }: Context) {
    this.histogram = new Histogram((logCounts) => {
      ui.set({ logCounts });
    });
    this.source = new FiguresSource(host.tensors, () => {
      this.update(ui.state.logCounts);
    });
    this.button.addEventListener("click", () => {
      if (this.source.state.state === "reading") this.source.cancel();
      else if (this.tensor) void this.source.compute(this.tensor.name);
    });
    this.element = section(
      "distribution",
      "Distribution",
      h("p", { class: "compute" }, this.note, this.button),
      this.progress,
      h("div", { class: "known" }, this.list, this.histogram.element),
    );
  }

  show(tensor: ListedTensor, revision: number, logCounts: boolean): void {
    this.tensor = tensor;
    this.element.hidden = tensor.kind === "opaque" || tensor.parameters === 0;
    if (this.element.hidden) return;
    this.source.turnTo(tensor.name, revision);
    if (this.source.state.state === "asked" && tensor.parameters <= UNASKED)
      void this.source.compute(tensor.name);
    this.update(logCounts);
  }

  private update(logCounts: boolean): void {
    const { state } = this.source;
    const known = state.state === "known";
    this.element.classList.toggle("unknown", !known);
    // What was known of the tensor before stays in its place, dimmed, until the next is: nothing jumps.
    this.element.classList.toggle("never", !known && this.values[0].textContent === "");
    this.button.hidden = known;
    this.progress.hidden = state.state !== "reading";
    setText(this.note, this.words());
    setText(
      this.button,
      state.state === "reading" ? "Cancel" : state.state === "failed" ? "Try again" : "Compute",
    );
    if (state.state === "reading") {
      this.bar.style.width = `${100 * state.share}%`;
      setAttribute(this.progress, "aria-valuenow", String(Math.round(100 * state.share)));
    }
    if (!known) return;
    FIGURES.forEach(([, , text], index) => {
      setText(this.values[index], text(state.figures));
    });
    this.histogram.show(state.figures, logCounts);
  }

  private words(): string {
    const { state } = this.source;
    switch (state.state) {
      case "asked":
        return `Norms and a histogram need all of its ${bytesText(this.tensor?.bytes ?? null)} read.`;
      case "reading":
        return `Reading, ${share(state.share, 0)}`;
      case "failed":
        return `They cannot be computed: ${failureSentence(state.failure)}`;
      case "known":
        return "";
    }
  }
}

function part(zeros: number, elements: number): string {
  return zeros === 0 ? "0" : `${count(zeros)} (${share(zeros / elements)})`;
}
