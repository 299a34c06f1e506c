import type { TensorComparison } from "../../src/protocol/comparison";
import type { HeatGrid } from "./heat-grid";

/** Fields in a line of a strip. */
const LINE = 32;

/** Tensors one after the other in the order of the file, in lines: for names without blocks. */
export function stripGrid(tensors: readonly TensorComparison[]): HeatGrid {
  const width = Math.min(LINE, Math.max(1, tensors.length));
  const lines = Math.ceil(tensors.length / width);
  return {
    rows: Array.from({ length: lines }, (_, line) => String(line * width + 1)),
    columns: Array.from({ length: width }, () => ""),
    cells: tensors.map((tensor, i) => ({
      row: Math.floor(i / width),
      column: i % width,
      tensors: [tensor],
      relative: tensor.relativeDistance,
      distance: tensor.distance,
    })),
  };
}
