import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimate, type NearestDistance } from "../../../src/qmcm/estimate";

const pools = fc
  .array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 40 })
  .map((distances) => distances.map((distance, run): NearestDistance => ({ run, distance })));
const choices = fc.record({
  threshold: fc.double({ min: 0, max: 2, noNaN: true }),
  samples: fc.integer({ min: 2, max: 50 }),
  seed: fc.nat(1000),
});

function variation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(square / (values.length - 1)) / mean;
}

describe("Algorithm 2", () => {
  it("ends below the threshold or with the pool used up, never drawing a run twice", () => {
    fc.assert(
      fc.property(pools, choices, (pool, choice) => {
        const { reached, removals, plain, trimmed } = estimate(pool, choice);
        const first = Math.min(choice.samples, pool.length);
        expect(plain.count).toBe(first);
        expect(trimmed.count).toBe(first);
        expect(removals.length).toBeLessThanOrEqual(pool.length - first);
        expect(new Set(removals.map(({ run }) => run)).size).toBe(removals.length);
        for (const { run, distance, cv } of removals) {
          expect(distance).toBe(pool[run].distance);
          expect(cv).toBeGreaterThan(choice.threshold);
        }
        const cv = (trimmed.std ?? 0) / trimmed.mean;
        expect(reached).toBe(cv <= choice.threshold);
        if (!reached) expect(removals).toHaveLength(pool.length - first);
      }),
    );
  });

  it("leaves those that were not removed: of a pool used up, the rest is the sample", () => {
    fc.assert(
      fc.property(pools, choices, (pool, choice) => {
        const { reached, removals, trimmed } = estimate(pool, { ...choice, threshold: 0 });
        fc.pre(!reached);
        const removed = new Set(removals.map(({ run }) => run));
        const left = pool.filter(({ run }) => !removed.has(run)).map(({ distance }) => distance);
        expect(left).toHaveLength(trimmed.count);
        expect(trimmed.mean).toBeCloseTo(left.reduce((a, b) => a + b, 0) / left.length, 9);
        expect((trimmed.std ?? 0) / trimmed.mean).toBeCloseTo(variation(left), 9);
      }),
    );
  });

  it("depends on the runs, not on their order, and on the seed", () => {
    fc.assert(
      fc.property(pools, choices, (pool, choice) => {
        expect(estimate(pool.toReversed(), choice)).toEqual(estimate(pool, choice));
      }),
    );
    const pool = Array.from({ length: 100 }, (_, run) => ({ run, distance: run + 1 }));
    const means = [0, 1].map(
      (seed) => estimate(pool, { threshold: 1, samples: 5, seed }).plain.mean,
    );
    expect(means[0]).not.toBe(means[1]);
  });

  it("takes out the farthest one until the others are alike", () => {
    const pool = Array.from({ length: 50 }, (_, run) => ({ run, distance: run === 7 ? 100 : 1 }));
    const taken = estimate(pool, { threshold: 0.3, samples: 49, seed: 1 });
    // Either the outlier was drawn at first and taken out, or it was not drawn.
    expect(taken.trimmed).toMatchObject({ mean: 1, std: 0 });
    expect(taken.reached).toBe(true);
    const all = estimate(pool, { threshold: 0.3, samples: 200, seed: 1 });
    expect(all).toMatchObject({ reached: false, removals: [] });
    expect(all.plain).toEqual(all.trimmed);
  });

  it("never runs its loop on the rows of Table 2", () => {
    // Two values a + b and a - b have c_v = √2 b / a.
    for (const percent of [1.316, 2.282, 1.718, 13.35, 2.158, 12.163, 23.4]) {
      const half = percent / 100 / Math.SQRT2;
      const pool = [1 + half, 1 - half].map((distance, run) => ({ run, distance }));
      const found = estimate(pool, { threshold: 0.3, samples: 2, seed: 0 });
      expect(found.plain.cvPercent).toBeCloseTo(percent, 9);
      expect(found).toMatchObject({ reached: true, removals: [] });
    }
  });

  it("refuses fewer than two runs or samples, and thresholds below 0", () => {
    const pool = [1, 2].map((distance, run) => ({ run, distance }));
    const choice = { threshold: 0.3, samples: 2, seed: 0 };
    expect(() => estimate(pool.slice(1), choice)).toThrow(RangeError);
    expect(() => estimate(pool, { ...choice, samples: 1 })).toThrow(RangeError);
    expect(() => estimate(pool, { ...choice, threshold: NaN })).toThrow(RangeError);
  });
});
