import { statistics } from "../distance/statistics";
import type { CurvePoint, MeanCurve } from "../protocol/levels";
import type { RunCurve, RunResult } from "../protocol/results";
import { alignedCurves, type Curve } from "./aligned-curves";

/** Equal shares of a run that curves of different length are read at. */
const shares = 20;

/** The mean curve of runs (Figs. 6 and 7), those without checkpoints and those that diverged left out. */
export function meanCurve(runs: readonly Pick<RunResult, "curve">[]): MeanCurve | null {
  const found = runs.flatMap(({ curve }) => (curve ? (finite(curve) ?? []) : []));
  if (found.length === 0) return null;
  const { curves, interpolated } = alignedCurves(found, shares);
  const points = curves[0].at.map((_, t): CurvePoint => ({
    step: curves.reduce((sum, { at }) => sum + at[t], 0) / curves.length,
    toFinal: statistics(curves.map(({ values: [toFinal] }) => toFinal[t])),
    fromInitial: statistics(curves.map(({ values: [, fromInitial] }) => fromInitial[t])),
  }));
  return { points, runs: curves.length, interpolated };
}

/** Distances to the final weights, and from the initial ones; null where one is not finite. */
function finite({ steps, fromInitial, toFinal }: RunCurve): Curve | null {
  const values = [toFinal, fromInitial].map((of) => of.filter((value) => value !== null));
  const whole = values.every(({ length }) => length === steps.length);
  return whole && steps.length > 0 ? { at: steps, values } : null;
}
