import type { Reduction, Slice, TensorApi } from "../../../src/protocol/checkpoint-editor";
import type { Failure } from "../../../src/protocol/rpc";
import type { RpcClient } from "../../../src/protocol/rpc-client";
import { h, setAttribute, setText } from "../../ui/dom";
import { panAndZoom } from "../../ui/pan-zoom";
import type { Place } from "../../ui/place";
import { onThemeChange } from "../../ui/theme";
import { limitOf, readScale, type ScaleColours } from "./colours";
import { hoverWords } from "./hover-words";
import { covers, drawEdge, drawLayer, type Layer } from "./layer";
import { Legend } from "./legend";
import { PictureSource } from "./picture-source";
import {
  cellAt,
  cellsInSight,
  fitted,
  panned,
  zoomed,
  type Frame,
  type Viewport,
} from "./viewport";

/** A plane of a tensor to show. */
export interface PlaneToShow {
  readonly tensor: string;
  readonly shape: readonly number[];
  readonly slice: Slice;
  readonly rows: number;
  readonly columns: number;
  readonly reduction: Reduction;
}

/** Share of the cells in sight that are read beyond each edge, for a short pan. */
const BEYOND = 0.15;

/** A plane as a picture that is read as far as it is looked at: overview below, what is in sight above it. */
export class Heatmap {
  private readonly canvas = h("canvas");
  private readonly tooltip = h("div", { class: "tooltip", hidden: true });
  private readonly note = h("p", { class: "stage-note", role: "status" });
  private readonly stage = h(
    "div",
    {
      class: "stage",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "heatmap",
      "aria-describedby": "heatmap-keys heatmap-legend",
    },
    this.canvas,
    this.tooltip,
    this.note,
  );
  private readonly legend = new Legend();
  readonly element = h("div", { class: "heatmap" }, this.stage, this.legend.element);
  private plane: PlaneToShow | null = null;
  private source: PictureSource | null = null;
  private overview: Layer | null = null;
  private detail: Layer | null = null;
  private viewport: Viewport | null = null;
  private colours: ScaleColours | null = null;
  private limit = 0;
  private pointer: Place | null = null;
  private frameRequest = 0;

  constructor(private readonly tensors: RpcClient<TensorApi>) {
    panAndZoom(this.stage, {
      pan: (dx, dy) => {
        this.move((viewport, frame) => panned(viewport, frame, dx, dy));
      },
      zoom: (factor, at) => {
        this.move((viewport, frame) =>
          zoomed(viewport, frame, factor, at ?? { x: frame.width / 2, y: frame.height / 2 }),
        );
      },
      fit: () => {
        this.move((_, frame) => fitted(frame));
      },
      hover: (at) => {
        this.pointer = at;
        this.invalidate();
      },
    });
    new ResizeObserver(() => {
      this.resized();
    }).observe(this.stage);
    onThemeChange(() => {
      this.colours = null;
      this.invalidate();
    });
  }

  /** Shows a plane from its beginning; null stops everything. */
  show(plane: PlaneToShow | null): void {
    this.source?.stop();
    this.plane = plane;
    this.overview = this.detail = this.viewport = this.source = null;
    setText(this.note, "");
    if (plane === null) return;
    setAttribute(this.stage, "aria-label", `${plane.tensor}, ${plane.rows} by ${plane.columns}`);
    this.source = new PictureSource(this.tensors, plane.tensor, plane.slice, plane.reduction, {
      arrived: (layer) => {
        this.arrived(layer);
      },
      failed: (failure: Failure) => {
        setText(this.note, `Cannot be shown: ${failure.reason}.`);
      },
      reading: (share) => {
        this.stage.classList.toggle("reading", share !== null);
        this.stage.style.setProperty("--read", String(share ?? 0));
      },
    });
    this.resized();
  }

  private get frame(): Frame | null {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (this.plane === null || width === 0 || height === 0) return null;
    return { width, height, rows: this.plane.rows, columns: this.plane.columns };
  }

  private resized(): void {
    const { frame } = this;
    if (frame === null) return;
    this.viewport = this.viewport ? panned(this.viewport, frame, 0, 0) : fitted(frame);
    this.want(false);
    this.invalidate();
  }

  private move(change: (viewport: Viewport, frame: Frame) => Viewport): void {
    const { frame } = this;
    if (frame === null || this.viewport === null) return;
    this.viewport = change(this.viewport, frame);
    this.want(true);
    this.invalidate();
  }

  /** Asks for what is in sight, unless it is there already; first of all for the whole. */
  private want(rest: boolean): void {
    const { frame, viewport, source } = this;
    if (frame === null || viewport === null || source === null) return;
    const pixel = devicePixelRatio;
    const first = this.overview === null;
    const view = first ? fitted(frame) : viewport;
    const rectangle = cellsInSight(view, frame, BEYOND);
    if (rectangle === null) return;
    const width = Math.min(
      rectangle.columns,
      Math.ceil(rectangle.columns * view.cellWidth * pixel),
    );
    const height = Math.min(rectangle.rows, Math.ceil(rectangle.rows * view.cellHeight * pixel));
    const finest = { across: width / rectangle.columns, down: height / rectangle.rows };
    const shown = this.detail ?? this.overview;
    const inSight = cellsInSight(viewport, frame);
    if (shown && inSight && covers(shown, inSight, finest)) {
      source.stop();
      this.stage.classList.remove("reading");
      return;
    }
    source.want(rectangle, width, height, rest);
  }

  private arrived(layer: Layer): void {
    if (this.overview === null) {
      this.overview = layer;
      this.limit = limitOf(layer.pixels);
      // The stage may have been zoomed or resized meanwhile.
      this.want(false);
    } else this.detail = layer;
    setText(this.note, "");
    this.invalidate();
  }

  private invalidate(): void {
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = requestAnimationFrame(() => {
      this.draw();
    });
  }

  private draw(): void {
    const { frame, viewport, plane } = this;
    if (frame === null || viewport === null || plane === null) return;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const context = this.canvas.getContext("2d")!;
    this.colours ??= readScale(this.stage);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, frame.width, frame.height);
    const layers = [this.overview, this.detail].filter((layer) => layer !== null);
    for (const layer of layers) drawLayer(context, layer, viewport, this.limit, this.colours);
    drawEdge(context, frame, viewport, this.colours);
    this.stage.dataset["drawn"] = layers.length > 0 ? "yes" : "no";
    this.legend.show(layers.at(-1) ?? null, this.limit, plane.reduction);
    this.showTooltip(frame, viewport, plane, layers);
  }

  private showTooltip(
    frame: Frame,
    viewport: Viewport,
    plane: PlaneToShow,
    layers: readonly Layer[],
  ): void {
    const cell = this.pointer && cellAt(viewport, frame, this.pointer);
    const words = cell && hoverWords(plane, layers, cell.row, cell.column);
    this.tooltip.hidden = !words;
    if (!words || !this.pointer) return;
    setText(this.tooltip, words);
    const { offsetWidth, offsetHeight } = this.tooltip;
    const { x, y } = this.pointer;
    const left = x + 14 + offsetWidth > frame.width ? x - 14 - offsetWidth : x + 14;
    const top = y + 14 + offsetHeight > frame.height ? y - 14 - offsetHeight : y + 14;
    this.tooltip.style.transform = `translate(${Math.max(0, Math.round(left))}px, ${Math.max(0, Math.round(top))}px)`;
  }
}
