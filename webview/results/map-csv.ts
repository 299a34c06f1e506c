import type { WeightMap } from "../../src/protocol/results";
import { csvText } from "../ui/csv";

/** A map's points, a row for each, in units of weight distance. */
export function mapCsv({ points, dimensions }: WeightMap): string {
  const axes = ["x", "y", "z"].slice(0, dimensions);
  return csvText(
    ["run", "state", ...axes],
    points.map(({ run, state, position }) => [run, state, ...position]),
  );
}
