import type { Trajectory } from "../../src/protocol/trajectory";
import type { Line, LineData } from "../ui/chart/line-data";
import { pointName } from "./words";

/** Kind, figure, name, and the two checkpoints of each curve's distance. */
export const CURVES = [
  ["initial", "fromFirst", "from the first", ["0", "t"]],
  ["final", "toLast", "to the last", ["t", "T"]],
  ["plain", "fromPrevious", "from the one before", ["t−1", "t"]],
] as const;

/**
 * The curves of the total, or of a tensor; along the steps where these order them, else one after the other.
 * @param settled what the distances to the last are taken from: this trajectory, or, while they are being measured for a
 *   new last, an earlier one
 */
export function trajectoryLines(
  trajectory: Trajectory,
  selected: string | null,
  settled: Trajectory = trajectory,
): LineData {
  const { steps, tensors, order } = trajectory;
  const tensor = tensors.find(({ name }) => name === selected);
  const numbered = order === "step" && steps.every(({ step }) => step !== null);
  const lines = CURVES.map(([kind, key, name]): Line => ({
    kind,
    name: key === "toLast" && settled !== trajectory ? `to ${endName(settled)}` : name,
    values:
      key === "toLast" ? toLast(trajectory, settled, selected) : (tensor ?? column(steps))[key],
  }));
  return {
    places: steps.map(({ step }, i) => (numbered ? (step ?? 0) : i + 1)),
    names: steps.map((point) => pointName(point, steps)),
    axis: numbered ? "step" : "checkpoint",
    lines,
  };
}

/** What the last checkpoint of a series is called. */
export function endName({ steps }: Trajectory): string {
  return pointName(steps[steps.length - 1], steps);
}

/** An earlier series' distances to its last, at the checkpoints of this one. */
function toLast(
  { steps }: Trajectory,
  settled: Trajectory,
  selected: string | null,
): readonly (number | null)[] {
  const tensor = settled.tensors.find(({ name }) => name === selected);
  const { toLast: values } = tensor ?? column(settled.steps);
  const byFile = new Map(settled.steps.map(({ file }, t) => [file, values[t]]));
  return steps.map(({ file }) => byFile.get(file) ?? null);
}

function column(steps: Trajectory["steps"]) {
  return {
    fromFirst: steps.map(({ fromFirst }) => fromFirst),
    toLast: steps.map((point) => point.toLast),
    fromPrevious: steps.map(({ fromPrevious }) => fromPrevious),
  };
}
