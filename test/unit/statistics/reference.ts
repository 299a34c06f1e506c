import { readFileSync } from "node:fs";
import path from "node:path";

interface Sample {
  readonly values: readonly number[];
}
interface Trend {
  readonly values: readonly (readonly number[])[];
  readonly statistic: number;
  readonly p: number;
}

/** What SciPy and scikit-learn say; see test/fixtures/statistics/make.py. */
export const reference = JSON.parse(
  readFileSync(path.join(__dirname, "../../fixtures/statistics/reference.json"), "utf8"),
) as {
  readonly spearman: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly rho: number;
    readonly p: number;
  }[];
  readonly page: readonly Trend[];
  readonly pageNormal: readonly Trend[];
  readonly interval: readonly (Sample & { readonly low: number; readonly high: number })[];
  readonly silhouette: {
    readonly points: readonly (readonly number[])[];
    readonly clusters: readonly number[];
    readonly score: number;
  };
};
