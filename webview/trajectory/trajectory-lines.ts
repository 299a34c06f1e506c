import type { Trajectory } from "../../src/protocol/trajectory";
import type { Line, LineData } from "../ui/chart/line-data";
import { pointName } from "./words";

/** Kind, figure, name, and the two checkpoints of each curve's distance. */
export const CURVES = [
  ["initial", "fromFirst", "from the first", ["0", "t"]],
  ["final", "toLast", "to the last", ["t", "T"]],
  ["plain", "fromPrevious", "from the one before", ["t−1", "t"]],
] as const;

/** The curves of the total, or of a tensor; along the steps where these order them, else one after the other. */
export function trajectoryLines(
  { steps, tensors, order }: Trajectory,
  selected: string | null,
): LineData {
  const tensor = tensors.find(({ name }) => name === selected);
  const numbered = order === "step" && steps.every(({ step }) => step !== null);
  const lines = CURVES.map(([kind, key, name]): Line => ({
    kind,
    name,
    values: tensor ? tensor[key] : steps.map((point) => point[key]),
  }));
  return {
    places: steps.map(({ step }, i) => (numbered ? (step ?? 0) : i + 1)),
    names: steps.map((point) => pointName(point, steps)),
    axis: numbered ? "step" : "checkpoint",
    lines,
  };
}
