import type { WeightMap } from "../protocol/results";
export function mapOfRuns(..._a: unknown[]): Promise<WeightMap> {
  throw new Error();
}
