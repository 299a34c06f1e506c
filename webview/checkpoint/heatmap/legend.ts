import type { Reduction } from "../../../src/protocol/checkpoint-editor";
import { h, setText } from "../../ui/dom";
import { figure } from "../../ui/format";
import { isExact, type Layer } from "./layer";

/** What the colours mean, and what a pixel is. */
export class Legend {
  private readonly low = h("span");
  private readonly high = h("span");
  private readonly broken = h("span", { class: "broken-key" }, h("i"), "not finite");
  private readonly words = h("span");
  private readonly scale = h(
    "span",
    { class: "scale" },
    this.low,
    h("i", { class: "ramp" }),
    this.high,
  );
  readonly element = h(
    "p",
    { class: "legend", id: "heatmap-legend" },
    this.scale,
    this.broken,
    this.words,
    h(
      "span",
      { class: "keys", id: "heatmap-keys" },
      "drag or arrow keys move · wheel or + − zoom · 0 fits",
    ),
  );

  show(layer: Layer | null, limit: number, reduction: Reduction): void {
    this.element.hidden = layer === null;
    if (layer === null) return;
    setText(this.low, `≤ ${figure(-limit, 3)}`);
    setText(this.high, `≥ ${figure(limit, 3)}`);
    this.broken.hidden = !layer.pixels.some(Number.isNaN);
    setText(this.words, pixelWords(layer, reduction));
  }
}

function pixelWords(layer: Layer, reduction: Reduction): string {
  if (isExact(layer)) return "each cell is one value";
  const { rectangle, width, height, sampled } = layer;
  const rows = Math.max(1, Math.round(rectangle.rows / height));
  const columns = Math.max(1, Math.round(rectangle.columns / width));
  const what = reduction === "mean" ? "the mean" : "the value farthest from zero";
  const share = sampled < 0.995 ? `, read from ${figure(100 * sampled, 2)} % of them` : "";
  return `each pixel is ${what} of about ${rows}×${columns} values${share}`;
}
