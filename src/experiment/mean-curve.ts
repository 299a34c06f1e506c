import { statistics } from "../distance/statistics";
import type { CurvePoint, MeanCurve } from "../protocol/levels";
import type { RunCurve, RunResult } from "../protocol/results";

/** Equal shares of a run that curves of different length are read at. */
const shares = 20;

interface FiniteCurve {
  readonly steps: readonly number[];
  readonly fromInitial: readonly number[];
  readonly toFinal: readonly number[];
}

/** The mean curve of a level's runs (Figs. 6 and 7), those without checkpoints and those that diverged left out. */
export function meanCurve(runs: readonly Pick<RunResult, "curve">[]): MeanCurve | null {
  const curves = runs.flatMap(({ curve }) => (curve ? (finite(curve) ?? []) : []));
  if (curves.length === 0) return null;
  const [{ steps }] = curves;
  const alike = curves.every((curve) => curve.steps.join() === steps.join());
  const read = alike ? curves : curves.map(atEqualShares);
  const points = read[0].steps.map((_, t): CurvePoint => ({
    step: read.reduce((sum, curve) => sum + curve.steps[t], 0) / read.length,
    toFinal: statistics(read.map(({ toFinal }) => toFinal[t])),
    fromInitial: statistics(read.map(({ fromInitial }) => fromInitial[t])),
  }));
  return { points, runs: curves.length, interpolated: !alike };
}

function finite({ steps, fromInitial, toFinal }: RunCurve): FiniteCurve | null {
  const present = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const curve = { steps, fromInitial: present(fromInitial), toFinal: present(toFinal) };
  const whole = [curve.fromInitial, curve.toFinal].every(({ length }) => length === steps.length);
  return whole && steps.length > 0 ? curve : null;
}

function atEqualShares(curve: FiniteCurve): FiniteCurve {
  const last = curve.steps[curve.steps.length - 1];
  const steps = Array.from({ length: shares + 1 }, (_, i) => (last * i) / shares);
  const read = (values: readonly number[]) => steps.map((step) => at(curve.steps, values, step));
  return { steps, fromInitial: read(curve.fromInitial), toFinal: read(curve.toFinal) };
}

/** Linear between the two steps about it. */
function at(steps: readonly number[], values: readonly number[], step: number): number {
  const after = steps.findIndex((known) => known >= step);
  if (after <= 0) return values[Math.max(0, after)];
  const weight = (step - steps[after - 1]) / (steps[after] - steps[after - 1]);
  return values[after - 1] + weight * (values[after] - values[after - 1]);
}
