import type { Picture, Rectangle } from "../../../src/protocol/checkpoint-editor";
import { cssColour } from "../../ui/theme";
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

/** Draws the edge of a plane: cells near zero have the ground's own colour. */
export function drawEdge(
  context: CanvasRenderingContext2D,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  { column, row, cellWidth, cellHeight }: Viewport,
  { edge }: ScaleColours,
): void {
  context.strokeStyle = cssColour(edge);
  context.strokeRect(
    Math.round(-column * cellWidth) - 0.5,
    Math.round(-row * cellHeight) - 0.5,
    Math.round(columns * cellWidth) + 1,
    Math.round(rows * cellHeight) + 1,
  );
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

/** Whether a layer has these cells, with at least so many pixels for each across and down. */
export function covers(
  { rectangle: at, width, height }: Layer,
  { row, column, rows, columns }: Rectangle,
  pixels: { readonly across: number; readonly down: number },
): boolean {
  return (
    at.row <= row &&
    at.column <= column &&
    at.row + at.rows >= row + rows &&
    at.column + at.columns >= column + columns &&
    // A hair less is no reason to read again.
    width / at.columns >= 0.99 * pixels.across &&
    height / at.rows >= 0.99 * pixels.down
  );
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
