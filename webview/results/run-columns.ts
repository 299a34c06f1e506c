import type { Row } from "./rows";

/** Which columns of a table of runs have something to show. */
export interface Columns {
  readonly level: boolean;
  readonly accuracy: boolean;
  readonly loss: boolean;
  /** Names of the user's own numbers, in the order in which the runs tell them. */
  readonly metrics: readonly string[];
}

/** Columns that some row fills; a share of right answers of the user's own stands under accuracy. */
export function columnsOf(rows: readonly Row[]): Columns {
  const accuracy = rows.some((row) => row.accuracy !== null);
  const names = new Set(rows.flatMap((row) => Object.keys(row.metrics)));
  if (accuracy) names.delete("testAccuracy");
  return {
    level: rows.some(({ level }) => level !== ""),
    accuracy,
    loss: rows.some(({ loss }) => loss !== null),
    metrics: [...names],
  };
}
