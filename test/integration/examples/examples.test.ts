import { describe, expect, it } from "vitest";
import type { RunResult } from "../../../src/protocol/results";
import { pythonWith } from "../../support/python";
import { prepare, runExample } from "./example";

const examples = [
  { name: "pytorch", packages: ["torch", "numpy"], runs: [4, 6], levels: [0, 0.5, 1] },
  { name: "lightning-style", packages: ["torch", "numpy"], runs: [4, 6], levels: [0, 0.5, 1] },
  { name: "keras", packages: ["keras", "tensorflow"], runs: [2, 4], levels: [0, 1] },
  { name: "scikit-learn", packages: ["sklearn"], runs: [5, 9], levels: [0, 0.5, 1] },
];

describe("the examples of users' own training", () => {
  it.for(examples)("$name", { timeout: 300_000 }, async (example, { skip }) => {
    const { name, packages, runs, levels } = example;
    const python = pythonWith(packages);
    if (python === null) return skip(`there is no Python with ${packages.join(" and ")}`);
    const copy = await prepare(name, python);

    // Experiment 1: networks from different random weights.
    const first = await runExample(copy, "experiment-1", "one");
    expect([first.runs, first.planned, first.diverged]).toEqual([runs[0], runs[0], 0]);
    expect(distinct(first.runResults.map(startOf))).toBe(runs[0]);
    expect(distinct(first.runResults.map(({ distance }) => distance))).toBe(runs[0]);
    first.runResults.forEach(expectWhole);
    expect(first.statistics?.count).toBe(runs[0]);
    expect(first.statistics?.mean).toBeGreaterThan(0);

    // The same seeds give the same numbers, bit for bit.
    const again = await runExample(copy, "experiment-1", "again");
    expect(again.runResults.map(toldBySeeds)).toEqual(first.runResults.map(toldBySeeds));

    // Experiment 4: label corruption, with the same seeds at every level.
    const fourth = await runExample(copy, "experiment-4", "four");
    expect([fourth.runs, fourth.planned, fourth.diverged]).toEqual([runs[1], runs[1], 0]);
    fourth.runResults.forEach(expectWhole);
    expect(fourth.varied).toBe("labelCorruption");
    const repeats = new Map<number, RunResult[]>();
    for (const run of fourth.runResults)
      repeats.set(run.repeat, [...(repeats.get(run.repeat) ?? []), run]);
    for (const paired of repeats.values()) {
      expect(paired.map(({ level }) => level?.value)).toEqual(levels);
      expect(distinct(paired.map(startOf))).toBe(1);
      // What they were trained on differed.
      expect(distinct(paired.map(({ distance }) => distance))).toBe(levels.length);
    }
    expect(distinct(fourth.runResults.map(startOf))).toBe(repeats.size);
    if (name !== "lightning-style")
      for (const { level, realisedRate } of fourth.runResults) {
        // Of ten kinds a tenth of the chosen labels stay what they were, up to chance.
        expect(Math.abs(realisedRate! - 0.9 * level!.value)).toBeLessThan(0.04);
        if (level!.value === 0) expect(realisedRate).toBe(0);
      }
  });
});

function expectWhole({ distance, curve, metrics }: RunResult): void {
  expect(distance).toBeGreaterThan(0);
  expect(curve?.steps.length).toBeGreaterThan(2);
  expect(curve?.fromInitial.at(-1)).toBe(distance);
  const numbers = Object.values(metrics);
  expect(numbers.length).toBeGreaterThan(0);
  for (const number of numbers) expect(number).toBeTypeOf("number");
}

const startOf = ({ initialSha256 }: RunResult) => initialSha256;
const toldBySeeds = ({ distance, initialSha256, curve, metrics }: RunResult) => {
  return { distance, initialSha256, curve, metrics };
};

function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}
