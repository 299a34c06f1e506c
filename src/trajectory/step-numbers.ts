/** Words before (or after) a step number, the most telling first. */
const keys = ["(?:global[-_]?)?steps?", "iter(?:ation)?s?|it", "checkpoint|ckpt", "epochs?|ep"];
const keyed = keys.map((words) => ({
  before: new RegExp(`(?<![a-z])(?:${words})[-_=.:]*(\\d+)`, "i"),
  after: new RegExp(`(?<![\\d.])(\\d+)[-_]?(?:${words})(?![a-z\\d])`, "i"),
}));
const decimals = /\d+\.\d+/g;
const beginning = /(?<![a-z])(?:init|initial|initialized|start|random|untrained)(?![a-z])/i;
const end = /(?<![a-z])(?:final|last|latest|end|trained)(?![a-z])/i;

/** Where a name puts its checkpoint: at a step number, or at an end of the series ("initial", "final"). */
export interface StepPlace {
  readonly step: number | null;
  /** To sort by. */
  readonly rank: number;
}

/**
 * Step numbers that order the checkpoints of a series: the number beside "step", "iter", "checkpoint" or "epoch" in
 * each name, else the last whole number, else the first. Names such as "initial" and "final" stand at the ends.
 * @param labels as seriesLabels gives them
 * @returns null where names carry no or equal numbers
 */
export function stepNumbers(labels: readonly string[]): StepPlace[] | null {
  const plain = labels.map((label) => label.replace(decimals, "").match(/\d+/g) ?? []);
  const ways: ((index: number) => string | undefined)[] = [
    ...keyed.map(
      ({ before, after }) =>
        (index: number) =>
          (before.exec(labels[index]) ?? after.exec(labels[index]))?.[1],
    ),
    (index) => plain[index].at(-1),
    (index) => plain[index].at(0),
  ];
  for (const way of ways) {
    const places = labels.map((label, index) => place(label, way(index)));
    const ranks = new Set(places.map((found) => found?.rank));
    if (!ranks.has(undefined) && ranks.size === labels.length) return places as StepPlace[];
  }
  return null;
}

function place(label: string, digits: string | undefined): StepPlace | undefined {
  const step = Number(digits ?? NaN);
  if (Number.isSafeInteger(step)) return { step, rank: step };
  if (beginning.test(label)) return { step: null, rank: -Infinity };
  return end.test(label) ? { step: null, rank: Infinity } : undefined;
}
