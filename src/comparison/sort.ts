import type { TensorComparison } from "../protocol/comparison";
import { naturalOrder } from "./natural-order";

export const sortKeys = [
  "order",
  "name",
  "distance",
  "relative",
  "rotation",
  "rms",
  "maxChange",
] as const;
export type SortKey = (typeof sortKeys)[number];

const figures = {
  distance: (tensor: TensorComparison) => tensor.distance,
  relative: (tensor: TensorComparison) => tensor.relativeDistance,
  rotation: (tensor: TensorComparison) => tensor.rotation,
  rms: (tensor: TensorComparison) => tensor.rmsChange,
  maxChange: (tensor: TensorComparison) => tensor.maxChange,
};

/**
 * Tensors in the order of the file, by name as people count, or by a figure, largest first; those without the figure
 * come last, equals in the order of the file.
 */
export function sortTensors<T extends TensorComparison>(tensors: readonly T[], key: SortKey): T[] {
  if (key === "order") return [...tensors];
  if (key === "name") return tensors.toSorted((a, b) => naturalOrder(a.name, b.name));
  const figure = (tensor: T) => figures[key](tensor) ?? -1;
  return tensors.toSorted((a, b) => figure(b) - figure(a));
}
