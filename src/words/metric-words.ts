import type { MetricCurve, MetricResult } from "../protocol/metrics";
import { figure, plural } from "./number";

/** How one of the user's numbers goes with the distance, and why runs lack it; empty where there is nothing to say. */
export function metricSentences({
  rhoWithDistance,
  missing,
  problems,
}: Pick<MetricResult, "rhoWithDistance" | "missing" | "problems">): readonly string[] {
  const reasons = problems.map(({ problem, runs }) =>
    problems.length === 1 && runs === missing ? problem : `${problem} (${plural(runs, "run")})`,
  );
  const why = reasons.length > 0 ? `: ${reasons.join("; ")}` : "";
  return [
    ...(rhoWithDistance === null
      ? []
      : [
          `Rank correlation with the distance over all runs: ${rhoWithDistance.toFixed(2).replace("-", "−")}.`,
        ]),
    ...(missing > 0 ? [`Not told by ${plural(missing, "run")}${why}.`] : []),
  ];
}

/** First and last mean of a curve: "2.302 at step 1 to 0.2140 at step 938". */
export function curveWords({ axis, at, mean }: MetricCurve): string {
  const place = (i: number) =>
    `${figure(mean[i])} at ${axis} ${Math.round(at[i]).toLocaleString("en-US")}`;
  return `${place(0)} to ${place(at.length - 1)}`;
}
