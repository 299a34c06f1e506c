import type { LevelResult, ReportLevel } from "../protocol/levels";
import type { Results } from "../protocol/results";

/** What `report --json` prints. */
export type ReportJson = Omit<Results, "levels"> & { readonly levels: readonly ReportLevel[] };

/** Results with levels as ReportLevel has them: a level's value under its setting's name, means as plain numbers. */
export function reportJson(results: Results): ReportJson {
  return { ...results, levels: results.levels.map(reportLevel) };
}

function reportLevel({ level, distance, realisedRate, ...rest }: LevelResult): ReportLevel {
  return {
    [level.setting]: level.value,
    ...rest,
    distance: distance?.mean ?? null,
    std: distance?.std ?? null,
    realisedRate: realisedRate?.mean ?? null,
    distances: distance,
  };
}
