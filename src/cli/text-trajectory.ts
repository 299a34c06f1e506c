import path from "node:path";
import type { Trajectory, TrajectoryPath, TrajectoryPoint } from "../protocol/trajectory";
import { count, figure, nameList } from "./figures";
import { textTable } from "./text-table";

const orders = {
  step: "step number in the name",
  time: "time of last change (names carry no or equal step numbers)",
  given: "the order given",
};

/**
 * A trajectory as plain text: a line for each checkpoint, then for each tensor. Ends with a newline.
 * @param width characters of a line
 */
export function textTrajectory(trajectory: Trajectory, width: number): string {
  const { steps, tensors, order, parameters, unmatched, skipped } = trajectory;
  const heading = `${count(steps.length, "checkpoint")} in the order of ${orders[order]}; ${count(tensors.length, "tensor")}, ${count(parameters, "parameter")} in all of them`;
  const points = textTable(
    [["file", "step", "from first", "to last", "from previous"], ...steps.map(pointRow)],
    width,
  );
  const byTensor = textTable(
    [
      ["tensor", "net distance", "path length", "ratio"],
      ...tensors.map((tensor) => [tensor.name, ...pathRow(tensor)]),
      ["total", ...pathRow(trajectory)],
    ],
    width,
  );
  const lists = [
    nameList(
      "Left out, not in every checkpoint alike",
      unmatched.map(
        ({ name, files, reason }) =>
          `${name} (in ${files.length} of ${steps.length}${reason === null ? "" : `; ${reason}`})`,
      ),
    ),
    nameList("Prefixes taken off names", trajectory.strippedPrefixes),
    nameList(
      "Skipped",
      skipped.map(({ file, reason }) => `${path.basename(file)} (${reason})`),
    ),
  ];
  return `${heading}\n\n${points}\n\n${byTensor}\n${lists.join("")}`;
}

function pointRow({ step, file, fromFirst, toLast, fromPrevious }: TrajectoryPoint): string[] {
  const distances = [fromFirst, toLast, fromPrevious].map((value) => figure(value));
  return [shortName(file), step === null ? "-" : String(step), ...distances];
}

function pathRow({ netDistance, pathLength, pathRatio }: TrajectoryPath): string[] {
  return [figure(netDistance), figure(pathLength), figure(pathRatio, 4)];
}

/** The name, with the folder above where the name alone says little. */
function shortName(file: string): string {
  const { base, dir } = path.parse(file);
  return /^(model|pytorch_model|adapter_model|weights|checkpoint)\./.test(base)
    ? path.join(path.basename(dir), base)
    : base;
}

/** One line for a checkpoint that a watch has measured. */
export function textPoint({ step, file, fromFirst, fromPrevious }: TrajectoryPoint): string {
  const from = fromPrevious === null ? "first" : `from previous ${figure(fromPrevious)}`;
  return `${step === null ? "" : `step ${step}  `}${shortName(file)}  from first ${figure(fromFirst)}  ${from}`;
}
