import { describe, expect, it } from "vitest";
import { corruptLabels } from "../../../src/labels/corrupt-labels";
import { keptKinds, selectKinds, selectLabels } from "../../../src/labels/select-labels";
import { RandomStream } from "../../../src/random/stream";

const kinds = Array.from({ length: 10 }, (_, kind) => kind);
const random = new RandomStream("labels.test");
const labels = Uint16Array.from({ length: 20_000 }, () => random.below(10));

describe("selectLabels", () => {
  it("nests the kinds of a smaller fraction in those of a larger one", () => {
    const fractions = [0.2, 0.4, 0.6, 0.8].map((fraction) => selectKinds(10, fraction, 7));
    expect(fractions.map(({ length }) => length)).toEqual([2, 4, 6, 8]);
    for (const smaller of fractions) expect(fractions[3].slice(0, smaller.length)).toEqual(smaller);
    expect(selectKinds(10, 0.8, 8)).not.toEqual(fractions[3]);
  });

  it("keeps at least one kind, and rounds halves up", () => {
    expect([keptKinds(5, 0.01), keptKinds(5, 0.2), keptKinds(5, 0.3), keptKinds(20, 0.2)]).toEqual([
      1, 1, 2, 4,
    ]);
    expect(() => selectKinds(5, 0, 1)).toThrow(/not above 0/);
    expect(() => selectKinds(5, NaN, 1)).toThrow(/not above 0/);
  });

  it("keeps exactly the examples of those kinds, in their order", () => {
    const { kinds: kept, indices } = selectLabels(labels, { count: 10, fraction: 0.4, seed: 1 });
    const expected = [...labels.keys()].filter((index) => kept.includes(labels[index]));
    expect(indices).toEqual(expected);
  });

  it("takes as many examples at every fraction where it is asked to, spread over its kinds", () => {
    const sizes = [0.1, 0.5, 1].map((fraction) =>
      selectLabels(labels, { count: 10, fraction, seed: 1 }, true),
    );
    expect(new Set(sizes.map(({ indices }) => indices.length)).size).toBe(1);
    expect(new Set(sizes[2].indices.map((index) => labels[index])).size).toBe(10);
  });

  it("keeps scenes that show at least one kept kind", () => {
    const scenes = [[0, 1], [2], [], [3, 3]];
    const { kinds: kept, indices } = selectLabels(scenes, { count: 4, fraction: 0.5, seed: 0 });
    expect(indices).toEqual([0, 1, 3].filter((i) => scenes[i].some((kind) => kept.includes(kind))));
  });
});

describe("corruptLabels", () => {
  const corrupt = (kind: "shuffle" | "uniform", rate: number) =>
    corruptLabels(labels, { kind, rate, seed: 5, kinds });
  const changedAt = (corrupted: Uint16Array) =>
    [...labels.keys()].filter((index) => corrupted[index] !== labels[index]);

  it.each(["shuffle", "uniform"] as const)("%s: counts what really changed", (kind) => {
    for (const rate of [0, 0.1, 0.5, 1]) {
      const { labels: corrupted, chosen, changed } = corrupt(kind, rate);
      expect(chosen).toBe(rate * labels.length);
      expect(changed).toBe(changedAt(corrupted).length);
      // A tenth of the new labels are the old ones by chance: 0.9 of the chosen change, within 5 standard deviations.
      expect(Math.abs(changed - 0.9 * chosen)).toBeLessThanOrEqual(5 * Math.sqrt(0.09 * chosen));
    }
  });

  it("shuffle keeps how many of each kind there are", () => {
    const counts = (values: Uint16Array) =>
      kinds.map((kind) => values.filter((label) => label === kind).length);
    expect(counts(corrupt("shuffle", 0.4).labels)).toEqual(counts(labels));
  });

  it("uniform draws its labels once: what changed at 10 % is the same at 20 %", () => {
    const [low, high] = [corrupt("uniform", 0.1).labels, corrupt("uniform", 0.2).labels];
    for (const index of changedAt(low)) expect(high[index]).toBe(low[index]);
  });

  it("shuffle chooses its labels once: few that changed at 10 % are right again at 20 %", () => {
    const again = new Set(changedAt(corrupt("shuffle", 0.2).labels));
    const low = changedAt(corrupt("shuffle", 0.1).labels);
    const kept = low.filter((index) => again.has(index)).length;
    expect(kept / low.length).toBeGreaterThan(0.85);
  });

  it("leaves its input alone and refuses rates that are none", () => {
    const before = [...labels];
    corrupt("uniform", 1);
    expect([...labels]).toEqual(before);
    expect(() => corrupt("uniform", 1.5)).toThrow(/not 0 to 1/);
    expect(() => corrupt("shuffle", NaN)).toThrow(/not 0 to 1/);
  });
});
