import { figure } from "../../ui/format";
import { elementIndex } from "../slice-model";
import type { PlaneToShow } from "./heatmap";
import { valueOver, type Layer } from "./layer";

/** What lies under the pointer: `[3, 12] 0.01234`, or the cells that share a pixel and what they come to. */
export function hoverWords(
  plane: PlaneToShow,
  layers: readonly Layer[],
  row: number,
  column: number,
): string | null {
  const layer = layers.findLast((one) => valueOver(one, row, column) !== null);
  if (!layer) return null;
  const value = valueOver(layer, row, column)!;
  const words = Number.isNaN(value) ? "not finite" : figure(value, 6);
  const { rectangle, width, height } = layer;
  const under = (at: number, from: number, cells: number, pixels: number): string => {
    const pixel = Math.floor(((at - from) * pixels) / cells);
    const first = from + Math.ceil((pixel * cells) / pixels);
    const last = from + Math.ceil(((pixel + 1) * cells) / pixels) - 1;
    return first === last ? String(first) : `${first}–${last}`;
  };
  const rows = under(row, rectangle.row, rectangle.rows, height);
  const columns = under(column, rectangle.column, rectangle.columns, width);
  const index = elementIndex(plane.shape.length, plane.slice, rows, columns);
  const one = width === rectangle.columns && height === rectangle.rows;
  const kind = one ? "" : plane.reduction === "mean" ? "mean " : "farthest from zero ";
  return `${index}\n${kind}${words}`;
}
