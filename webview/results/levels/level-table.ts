import type { LevelResult } from "../../../src/protocol/levels";
import type { Results, SampleStatistics } from "../../../src/protocol/results";
import { levelName, SETTING_NAMES, STOP_NAMES } from "../../../src/words/level-words";
import { h, type Child } from "../../ui/dom";
import { count, fixed, meanDecimals, NONE, share } from "../../ui/format";
import { plainRow, plainTable } from "../table";

interface Column {
  readonly head: Child;
  readonly cell: (level: LevelResult) => Child;
}

const meanText = (of: SampleStatistics | null): string => {
  if (of === null) return NONE;
  const decimals = meanDecimals(of.mean, of.std);
  return of.std === null
    ? fixed(of.mean, decimals)
    : `${fixed(of.mean, decimals)} ± ${fixed(of.std, decimals)}`;
};

function intervalText(of: SampleStatistics | null): string {
  if (!of?.interval) return NONE;
  const decimals = meanDecimals(of.mean, of.std);
  return `${fixed(of.interval.low, decimals)} to ${fixed(of.interval.high, decimals)}`;
}

const differs = (a: SampleStatistics | null, b: SampleStatistics | null): boolean =>
  a?.mean !== b?.mean || a?.count !== b?.count;

/** Which columns have something to say. */
function columnsFor({ varied, levels, metrics }: Results): readonly Column[] {
  const some = (has: (level: LevelResult) => boolean): boolean => levels.some(has);
  const column = (shown: boolean, head: Child, cell: Column["cell"]): readonly Column[] =>
    shown ? [{ head, cell }] : [];
  const titled = (words: string, title: string): Child => h("abbr", { title }, words);
  return [
    ...column(
      some(({ stop }) => stop === "fit"),
      "stop",
      ({ stop }) => (stop === "fit" ? "fit" : "steps"),
    ),
    ...column(true, "N", ({ runs, diverged }) =>
      diverged > 0 ? `${count(runs - diverged)} of ${count(runs)}` : count(runs),
    ),
    ...column(true, "distance", ({ distance }) => meanText(distance)),
    ...column(
      some(({ distance }) => distance?.interval != null),
      titled("95 % interval", "Of the mean, by Student's t over repeats"),
      ({ distance }) => intervalText(distance),
    ),
    ...column(
      some(({ distance, convergedDistance }) => differs(distance, convergedDistance)),
      titled(
        "converged runs only",
        "Without runs that did not converge; how many there are in brackets",
      ),
      ({ convergedDistance }) =>
        convergedDistance === null
          ? NONE
          : `${meanText(convergedDistance)} (${count(convergedDistance.count)})`,
    ),
    ...column(
      some(({ distance, savedDistance }) => distance?.mean !== savedDistance?.mean),
      titled(
        "all that is saved",
        "With batch normalisation's moving averages, which are no weights",
      ),
      ({ savedDistance }) => meanText(savedDistance),
    ),
    ...column(
      varied === "labelCorruption" && some(({ realisedRate }) => realisedRate !== null),
      titled(
        "really changed",
        "Share of labels that corruption changed: some are given their own again",
      ),
      ({ realisedRate }) => share(realisedRate?.mean ?? null),
    ),
    ...column(
      varied === "labelFraction" && some(({ labelKinds }) => labelKinds !== null),
      "label kinds",
      ({ labelKinds }) => (labelKinds === null ? NONE : count(labelKinds)),
    ),
    ...column(true, "steps", ({ steps }) =>
      steps === null ? NONE : count(Math.round(steps.mean)),
    ),
    ...column(
      some(({ trainAccuracy }) => trainAccuracy !== null),
      titled("training accuracy", "On training images by the labels given, corrupted or not"),
      ({ trainAccuracy }) => share(trainAccuracy?.mean ?? null),
    ),
    ...column(
      some(({ testAccuracy }) => testAccuracy !== null),
      "test accuracy",
      ({ testAccuracy }) => share(testAccuracy?.mean ?? null),
    ),
    ...metrics.map(({ name, levels: figures }) => ({
      head: titled(name, "A metric of the experiment's own"),
      cell: (level: LevelResult) => meanText(figures[levels.indexOf(level)] ?? null),
    })),
  ];
}

/** What the runs of each level gave, in figures. */
export function levelTable(results: Results): HTMLElement {
  const columns = columnsFor(results);
  const head = results.varied === null ? "level" : SETTING_NAMES[results.varied];
  const { element, body } = plainTable("Distance by level, mean ± standard deviation", [
    head,
    ...columns.map((column) => column.head),
  ]);
  body.append(
    ...results.levels.map((level) =>
      plainRow(
        h("span", { title: STOP_NAMES[level.stop] }, levelName(level.level)),
        columns.map(({ cell }) => cell(level)),
      ),
    ),
  );
  return h("div", { class: "wide level-table", tabindex: 0 }, element);
}
