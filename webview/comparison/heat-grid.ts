import type { TensorComparison } from "../../src/protocol/comparison";
import { moduleName } from "./module-name";

/** One field: the tensors of a kind in a block, mostly one. */
export interface HeatCell {
  readonly row: number;
  readonly column: number;
  readonly tensors: readonly TensorComparison[];
  /** Of all of them together; null where it does not exist. */
  readonly relative: number | null;
  readonly distance: number | null;
}

/** Blocks from top to bottom, kinds from left to right. */
export interface HeatGrid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly HeatCell[];
}

/** Wider than this no screen is. */
const MOST_COLUMNS = 48;
/** A grid with less of its fields filled says less than a strip of tensors would. */
const LEAST_FILLED = 0.12;

/** Layers by module type; null where the names have no such structure, and a strip serves better. */
export function heatGrid(tensors: readonly TensorComparison[]): HeatGrid | null {
  const places = tensors.map(({ name }) => moduleName(name));
  const stacks = [...new Set(places.map(({ stack }) => stack))];
  const order = new Map(stacks.map((stack, i) => [stack, i]));
  const blocks = new Map(places.map((place) => [place.block, place]));
  const rows = [...blocks.values()]
    .sort((a, b) => order.get(a.stack)! - order.get(b.stack)! || a.index - b.index)
    .map(({ block }) => block);
  const columns = [...new Set(places.map(({ kind }) => kind))];
  if (rows.length < 2 || columns.length < 2 || columns.length > MOST_COLUMNS) return null;
  const rowOf = new Map(rows.map((row, i) => [row, i]));
  const columnOf = new Map(columns.map((column, i) => [column, i]));
  const fields = new Map<string, { row: number; column: number; tensors: TensorComparison[] }>();
  tensors.forEach((tensor, i) => {
    const row = rowOf.get(places[i].block)!;
    const column = columnOf.get(places[i].kind)!;
    const key = `${row},${column}`;
    const field = fields.get(key);
    if (field) field.tensors.push(tensor);
    else fields.set(key, { row, column, tensors: [tensor] });
  });
  if (fields.size < LEAST_FILLED * rows.length * columns.length) return null;
  const cells = Array.from(fields.values(), (field) => ({ ...field, ...together(field.tensors) }));
  return { rows: shortNames(rows), columns, cells };
}

/** Distance and relative distance of tensors as one vector. */
export function together(
  tensors: readonly TensorComparison[],
): Pick<HeatCell, "distance" | "relative"> {
  if (tensors.length === 1)
    return { distance: tensors[0].distance, relative: tensors[0].relativeDistance };
  if (tensors.some(({ distance }) => distance === null)) return { distance: null, relative: null };
  const distance = Math.hypot(...tensors.map((one) => one.distance ?? 0));
  const norm = Math.hypot(...tensors.map((one) => one.normA ?? NaN));
  return { distance, relative: norm > 0 ? distance / norm : null };
}

/** Each path's end, as long as it takes to tell it from the others; a number keeps the name before it. */
function shortNames(paths: readonly string[]): readonly string[] {
  const ends = (count: number, path: string): string => {
    const parts = path.split(".");
    const least = /^\d+$/.test(parts.at(-1) ?? "") ? count + 1 : count;
    return parts.slice(-least).join(".");
  };
  for (let count = 1; count < 8; count++) {
    const names = paths.map((path) => ends(count, path));
    if (new Set(names).size === names.length) return names;
  }
  return paths;
}
