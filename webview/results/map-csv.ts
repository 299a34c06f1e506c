import type { WeightMap } from "../../src/protocol/results";
import type { DisplacementMap } from "../../src/protocol/states";
import { csvText } from "../ui/csv";

type AnyMap = WeightMap | DisplacementMap;

/** The points of maps of one size, a row for each, in units of weight distance. */
export function mapsCsv(maps: readonly AnyMap[]): string {
  const axes = ["x", "y", "z"].slice(0, maps.at(0)?.dimensions ?? 3);
  return csvText(
    ["method", "run", "state", ...axes],
    maps.flatMap(({ method, points }) =>
      points.map((point) => [
        method,
        point.run,
        "state" in point ? point.state : "displacement",
        ...point.position,
      ]),
    ),
  );
}
