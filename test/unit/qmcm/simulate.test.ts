import { describe, expect, it } from "vitest";
import { simulateQmcm } from "../../../src/qmcm/simulate";
import { spherePoints } from "../../../src/qmcm/sphere-points";

const small = { points: 2000, dimensions: 40, ratio: 0.1, seed: 3, sweep: true };

describe("points on the sphere", () => {
  it("have norm 1, mean 0, and coordinates of variance 1 / k", () => {
    const k = 8;
    const points = spherePoints(20_000, k, "moments");
    let sum = 0;
    let fourth = 0;
    for (let at = 0; at < points.length; at += k) {
      const norm = Math.hypot(...points.subarray(at, at + k));
      expect(Math.abs(norm - 1)).toBeLessThan(1e-14);
      sum += points[at];
      fourth += points[at + k - 1] ** 4;
    }
    expect(Math.abs(sum / 20_000)).toBeLessThan(5 / Math.sqrt(20_000 * k));
    // On the sphere E x^4 = 3 / (k (k + 2)), where normal numbers would have 3 / k^2.
    expect(fourth / 20_000 / (3 / (k * (k + 2)))).toBeCloseTo(1, 1);
  });
});

describe("the simulation", () => {
  it("gives the paper's setting the mean and deviation of an independent run", async () => {
    const found = await simulateQmcm({
      points: 10_000,
      dimensions: 100,
      ratio: 0.1,
      seed: 0,
      sweep: false,
    });
    expect(found.mean).toBeCloseTo(1.168, 2);
    expect(found.std).toBeCloseTo(0.028, 3);
    expect(found.cv).toBeCloseTo(found.std! / found.mean, 14);
    expect(found.queries).toBe(9000);
    expect(found.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(9000);
    expect(found.sweep).toBeUndefined();
  }, 20_000);

  it("is the same bits for the same seed with any number of threads, and others for another", async () => {
    const one = await simulateQmcm(small, { threads: 1 });
    expect(await simulateQmcm(small, { threads: 2 })).toEqual(one);
    expect((await simulateQmcm({ ...small, seed: 4, sweep: false })).mean).not.toBe(one.mean);
  });

  it("sweeps over r: distances fall, its 10 % is the simulation at 10 %, few queries have a high floor", async () => {
    const { sweep, mean, klDivergence, floor } = await simulateQmcm(small);
    expect(sweep?.remaining).toHaveLength(99);
    expect(sweep?.remaining[9]).toMatchObject({ ratio: 0.1, stored: 200, queries: 1800, mean });
    expect(sweep?.remaining[9].klDivergence).toBe(klDivergence);
    expect(sweep?.remaining[9].floor).toEqual(floor);
    sweep?.fresh.forEach((level, i) => {
      expect(level.queries).toBe(2000);
      if (i > 0) expect(level.mean).toBeLessThan(sweep.fresh[i - 1].mean);
    });
    // About (bins - 1) / 2n for a multinomial; the range's ends and the fit take a little away.
    const [first, last] = [sweep!.remaining[0].floor, sweep!.remaining[98].floor];
    expect(first.mean).toBeGreaterThan(0.5 * (49 / (2 * 1980)));
    expect(first.mean).toBeLessThan(1.1 * (49 / (2 * 1980)));
    expect(last.mean).toBeGreaterThan(20 * first.mean);
    for (const { low, mean: middle, high } of [first, last]) {
      expect(low).toBeLessThan(middle);
      expect(middle).toBeLessThan(high);
    }
  });

  it("takes the fewest points there can be, and shares that leave none", async () => {
    const few = await simulateQmcm({
      points: 3,
      dimensions: 2,
      ratio: 0.999,
      seed: 0,
      sweep: true,
    });
    expect(few).toMatchObject({ stored: 1, queries: 2 });
    expect(few.sweep?.remaining).toHaveLength(1);
  });

  it("ends where it is told to, and tells how far it is", async () => {
    const stop = new AbortController();
    const stages = new Set<string>();
    const onProgress = (stage: string, share: number) => {
      stages.add(stage);
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(1);
      if (stage === "floor") stop.abort(new Error("enough"));
    };
    const ended = simulateQmcm(small, { signal: stop.signal, onProgress });
    await expect(ended).rejects.toThrow("enough");
    expect([...stages]).toEqual(["distances", "sweep", "floor"]);
  });

  it.each([
    [{ points: 2 }, "points is 2"],
    [{ dimensions: 1 }, "dimensions is 1"],
    [{ ratio: 1 }, "ratio is 1"],
    [{ ratio: NaN }, "ratio is NaN"],
    [{ points: 1_000_000, dimensions: 1000 }, "more than 2^28"],
  ])("refuses %j", async (wrong, message) => {
    await expect(simulateQmcm({ ...small, ...wrong })).rejects.toThrow(message);
  });
});
