import type { LevelResult } from "../../protocol/levels";
import type { Results, Statistics } from "../../protocol/results";
import { leastSquaresSlope } from "../../statistics/slope";
import { figure, percent, plural } from "../../words/number";

/** What an experiment's results say of the script that it ran, in one line. */
export function scriptSummary({ statistics, accuracy, levels, runs }: Results): string {
  const stopped = levels.filter(({ stop }) => stop === levels.at(0)?.stop);
  const parts =
    statistics === null && stopped.length > 1
      ? [levelsText(stopped), slopeText(stopped)]
      : [
          statistics === null ? "no finite weights" : `distance ${withDeviation(statistics)}`,
          accuracy === null ? null : `accuracy ${percent(accuracy.mean)}`,
        ];
  return `${parts.filter((part) => part !== null).join(", ")} (${plural(runs, "run")})`;
}

/** The same as a table in Markdown, a row for each level; without accuracy where no run has one. */
export function scriptTable(results: Results): string {
  const rows = tableRows(results);
  const measured = rows.some(({ accuracy }) => accuracy !== null);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const first = results.levels.at(0);
  return [
    line([
      first === undefined ? "" : settingNames[first.level.setting],
      "Runs",
      "Distance",
      ...(measured ? ["Test accuracy"] : []),
    ]),
    line(["---", "--:", "--:", ...(measured ? ["--:"] : [])]),
    ...rows.map(({ name, runs, distance, accuracy }) =>
      line([
        name,
        String(runs),
        distance === null ? "–" : withDeviation(distance),
        ...(measured ? [accuracy === null ? "–" : percent(accuracy.mean)] : []),
      ]),
    ),
  ].join("\n");
}

interface TableRow {
  readonly name: string;
  readonly runs: number;
  readonly distance: Statistics | null;
  readonly accuracy: Statistics | null;
}

function tableRows({ statistics, accuracy, levels, runs }: Results): readonly TableRow[] {
  if (levels.length === 0) return [{ name: "all", runs, distance: statistics, accuracy }];
  const stops = new Set(levels.map(({ stop }) => stop)).size;
  return levels.map((level) => ({
    name: `${levelText(level)}${stops > 1 ? `, ${level.stop === "fit" ? "to fit" : "fixed steps"}` : ""}`,
    runs: level.runs,
    distance: level.distance,
    accuracy: level.testAccuracy,
  }));
}

const settingNames: Record<LevelResult["level"]["setting"], string> = {
  labelFraction: "Label fraction",
  labelCorruption: "Label corruption",
  initialWeights: "Initial weights",
};

function levelText({ level: { setting, value } }: LevelResult): string {
  return setting === "initialWeights" ? String(value) : percent(value);
}

function withDeviation({ mean, std }: Statistics): string {
  return `${figure(mean)}${std === null ? "" : ` ± ${figure(std, 2)}`}`;
}

function levelsText(levels: readonly LevelResult[]): string {
  const [first, last] = [levels[0], levels[levels.length - 1]];
  const name = settingNames[first.level.setting].toLowerCase();
  const distances = [first, last].map(({ distance }) => figure(distance?.mean ?? null));
  return `distance ${distances.join(" → ")} over ${name} ${levelText(first)} → ${levelText(last)}`;
}

/** Seeds of initial weights have no order for a slope to be of. */
function slopeText(levels: readonly LevelResult[]): string | null {
  if (levels[0].level.setting === "initialWeights") return null;
  const slope = leastSquaresSlope(
    levels.flatMap(({ level, distance }) =>
      distance ? [[level.value, distance.mean] as const] : [],
    ),
  );
  return slope === null ? null : `slope ${figure(slope / 10, 3)} per 10 %`;
}
