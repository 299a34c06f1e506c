import { lineChart } from "../html/line-chart";
import { escapeHtml, htmlPage } from "../html/page";
import { reportStyle } from "../html/report-style";
import { htmlTable } from "../html/table";
import type { Trajectory, TrajectoryPath } from "../protocol/trajectory";

/** A trajectory as one HTML file that needs no other and runs no script. */
export function trajectoryHtml(trajectory: Trajectory, title: string): string {
  const { steps, tensors, order, unmatched, skipped } = trajectory;
  const numbered = steps.every(({ step }) => step !== null) && order === "step";
  const x = steps.map(({ step }, t) => (numbered ? (step ?? t) : t));
  const lines = [
    { name: "from the first", values: steps.map(({ fromFirst }) => fromFirst) },
    { name: "to the last", values: steps.map(({ toLast }) => toLast) },
    { name: "from the one before", values: steps.map(({ fromPrevious }) => fromPrevious) },
  ];
  const left = [
    ...unmatched.map(({ name, files }) => `${name} (in ${files.length} of ${steps.length})`),
    ...skipped.map(({ file, reason }) => `${file} (${reason})`),
  ];
  const body = `<h1>${escapeHtml(title)}</h1>
<p class="dim">${steps.length} checkpoints, ordered by ${order === "step" ? "the step numbers in their names" : order === "time" ? "time of last change" : "hand"}; path length ${figure(trajectory.pathLength)}, net distance ${figure(trajectory.netDistance)}, ratio ${figure(trajectory.pathRatio)}</p>
<h2>Distances</h2>
${lineChart("Distances of each checkpoint", x, lines, numbered ? "step" : "checkpoint")}
<h2>Checkpoints</h2>
${htmlTable(
  ["Checkpoint", "Step", "From the first", "To the last", "From the one before"],
  steps.map(({ file, step, fromFirst, toLast, fromPrevious }) => [
    file,
    step === null ? "-" : String(step),
    ...[fromFirst, toLast, fromPrevious].map(figure),
  ]),
)}
<h2>Tensors</h2>
${htmlTable(
  ["Tensor", "Shape", "Net distance", "Path length", "Ratio"],
  tensors.map((tensor) => [tensor.name, tensor.shape.join(" x ") || "scalar", ...path(tensor)]),
  ["Total", "", ...path(trajectory)],
)}
${left.length > 0 ? `<h2>Left out</h2>\n<p>${left.map(escapeHtml).join(", ")}</p>` : ""}`;
  return htmlPage({ title, style: reportStyle, body });
}

function path({ netDistance, pathLength, pathRatio }: TrajectoryPath): string[] {
  return [netDistance, pathLength, pathRatio].map(figure);
}

function figure(value: number | null): string {
  return value === null ? "-" : value.toPrecision(5);
}
