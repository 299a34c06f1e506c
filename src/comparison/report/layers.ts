import { htmlTable, shareCell } from "../../html/table";
import type { GroupMovement } from "../../protocol/summary";
import { percent, short } from "../words";

/** Layers in natural order with bars of relative distance (of the largest) and of their share of the whole. */
export function layersTable(layers: readonly GroupMovement[]): string {
  const most = Math.max(...layers.map(({ relativeDistance }) => relativeDistance ?? 0));
  return htmlTable(
    ["Layer", "Parameters", "Distance", "Share of squared distance", "Relative distance"],
    layers.map(({ name, parameters, distance, squaredShare, relativeDistance }) => [
      name,
      parameters.toLocaleString("en-US"),
      short(distance),
      shareCell(squaredShare, percent(squaredShare ?? 0)),
      relativeDistance === null
        ? "-"
        : shareCell(most > 0 ? relativeDistance / most : 0, percent(relativeDistance)),
    ]),
  );
}
