import type { Picture, Rectangle } from "../../../src/protocol/checkpoint-editor";
import { paint, type ScaleColours } from "./colours";
import type { Viewport } from "./viewport";

/** A picture that was read, and where it belongs. */
export interface Layer extends Picture {
  readonly rectangle: Rectangle;
  readonly width: number;
  readonly height: number;
  /** Painted with these colours up to this limit; null until it was drawn. */
  painted: {
    readonly canvas: OffscreenCanvas;
    readonly limit: number;
    readonly colours: ScaleColours;
  } | null;
}

/** Whether each pixel is one cell. */
export function isExact({ rectangle, width, height }: Layer): boolean {
  return width === rectangle.columns && height === rectangle.rows;
}

/** The value over a cell; null where the layer does not reach. */
export function valueOver(layer: Layer, row: number, column: number): number | null {
  const { rectangle, width, height, pixels } = layer;
  const [r, c] = [row - rectangle.row, column - rectangle.column];
  if (r < 0 || c < 0 || r >= rectangle.rows || c >= rectangle.columns) return null;
  const y = Math.floor((r * height) / rectangle.rows);
  const x = Math.floor((c * width) / rectangle.columns);
  return pixels[y * width + x];
}

/** Draws a layer where the viewport shows it. */
export function drawLayer(
  context: CanvasRenderingContext2D,
  layer: Layer,
  viewport: Viewport,
  limit: number,
  colours: ScaleColours,
): void {
  const { rectangle } = layer;
  if (layer.painted?.limit !== limit || layer.painted.colours !== colours)
    layer.painted = { canvas: paintLayer(layer, limit, colours), limit, colours };
  const width = rectangle.columns * viewport.cellWidth;
  const height = rectangle.rows * viewport.cellHeight;
  // Cells keep their edges; what is drawn smaller than it was read is smoothed.
  context.imageSmoothingEnabled = width < layer.width;
  context.drawImage(
    layer.painted.canvas,
    (rectangle.column - viewport.column) * viewport.cellWidth,
    (rectangle.row - viewport.row) * viewport.cellHeight,
    width,
    height,
  );
}

function paintLayer(layer: Layer, limit: number, colours: ScaleColours): OffscreenCanvas {
  const canvas = new OffscreenCanvas(layer.width, layer.height);
  const image = new ImageData(paint(layer.pixels, limit, colours), layer.width, layer.height);
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  return canvas;
}
