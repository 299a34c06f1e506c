import type {
  Trajectory,
  TrajectoryOrder,
  TrajectoryPath,
  TrajectoryPoint,
} from "../../src/protocol/trajectory";
import type { TrajectoryView } from "../../src/protocol/trajectory-panel";
import { figure, fixed, plural } from "../ui/format";

const ORDERS: Readonly<Record<TrajectoryOrder, string>> = {
  step: "ordered by the step number in their names",
  time: "ordered by time, as their names carry no or equal step numbers",
  given: "in the order given",
};

/** What is measured, and how it was put in order. */
export function stateLine({ uris, state, trajectory, pending, folder }: TrajectoryView): string {
  const doing = {
    measuring: pending ? "measuring to the new last…" : "measuring…",
    watching: folder ? "watching the folder" : "watching the files",
    stopped: "no longer watching",
    failed: "",
  }[state];
  if (!trajectory) return doing;
  const what = `${plural(trajectory.steps.length, "checkpoint")}, ${ORDERS[trajectory.order]}`;
  return doing === "" || uris === null ? what : `${what} · ${doing}`;
}

/** The end of a path that tells a checkpoint from the others: its name, with the folder where all are called alike. */
export function pointName({ file }: TrajectoryPoint, all: readonly TrajectoryPoint[]): string {
  const parts = (path: string): readonly string[] => path.split(/[\\/]/);
  const own = parts(file);
  const name = own.at(-1) ?? file;
  const alike = all.some((other) => other.file !== file && parts(other.file).at(-1) === name);
  return alike ? own.slice(-2).join("/") : name;
}

/** How directly the weights went, in words with the numbers behind them. */
export function pathSentence({ pathLength, netDistance, pathRatio }: TrajectoryPath): string {
  if (pathLength === null || netDistance === null)
    return "A checkpoint holds values that are infinite or NaN, so the path has no length.";
  if (pathLength === 0) return "The weights did not move between these checkpoints.";
  if (pathRatio === null)
    return `The weights went ${figure(pathLength)} from checkpoint to checkpoint and ended where they began.`;
  const how =
    pathRatio < 1.05
      ? "an almost straight line"
      : pathRatio < 2
        ? "with detours"
        : "much of it back and forth or sideways";
  return `From checkpoint to checkpoint the weights went ${figure(pathLength)}, ${fixed(pathRatio, 2)} times the distance at which they ended: ${how}. Between the checkpoints it may have been longer still.`;
}

/** Why, where that is known: of the first few, each a sentence. */
function reasonsOf(unmatched: Trajectory["unmatched"]): string {
  const told = unmatched.filter(({ reason }) => reason !== null);
  const rest = told.length - 3;
  return [
    ...told.slice(0, 3).map(({ name, reason }) => ` ${name} ${reason ?? ""}.`),
    ...(rest > 0 ? [` Of ${rest} more it is the like.`] : []),
  ].join("");
}

/** What was left out, and why; each a sentence. */
export function leftOut({
  unmatched,
  skipped,
  strippedPrefixes,
  steps,
}: Trajectory): readonly string[] {
  const one = unmatched.at(0);
  return [
    ...(one === undefined
      ? []
      : [
          `${unmatched.length === 1 ? one.name : plural(unmatched.length, "tensor")} ${unmatched.length === 1 ? "is" : "are"} not in all ${plural(steps.length, "checkpoint")} alike, and so left out of each.${reasonsOf(unmatched)}`,
        ]),
    ...skipped.map(
      ({ file, reason }) => `${file.split(/[\\/]/).at(-1) ?? file} was skipped: ${reason}.`,
    ),
    ...(strippedPrefixes.length === 0
      ? []
      : [
          `Names match only without ${strippedPrefixes.map((prefix) => `“${prefix}”`).join(", ")}.`,
        ]),
  ];
}
