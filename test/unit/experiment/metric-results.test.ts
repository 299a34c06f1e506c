import { describe, expect, it } from "vitest";
import { metricResults, type MetricRun } from "../../../src/experiment/metric-results";

const run = (
  distance: number | null,
  metrics: Readonly<Record<string, number | null>>,
  rate?: number,
): MetricRun => ({
  key: "",
  distance,
  level: rate === undefined ? null : { setting: "labelCorruption", value: rate },
  stop: "steps",
  metrics,
});
const level = (value: number) =>
  ({ level: { setting: "labelCorruption", value }, stop: "steps" }) as const;

const none = new Map<string, never>();

describe("the user's own numbers over runs", () => {
  it("have mean, deviation and Student's interval, without runs that diverged or do not tell", () => {
    const runs = [
      run(1, { loss: 2, accuracy: 0.5 }),
      run(2, { loss: 4, accuracy: 0.7 }),
      run(3, { loss: 9, accuracy: null }),
      run(null, { loss: 1000, accuracy: 0 }),
    ];
    const [loss, accuracy] = metricResults(runs, [], true, none);
    expect(loss).toMatchObject({ name: "loss", missing: 0, levels: [], rhoWithDistance: 1 });
    expect(loss.statistics).toMatchObject({ count: 3, mean: 5 });
    expect(loss.statistics?.std).toBeCloseTo(Math.sqrt(13), 12);
    // Student's t with 2 degrees of freedom: 4.302652729911275 (SciPy, stats.t.ppf(0.975, 2)).
    const reach = (4.302652729911275 * Math.sqrt(13)) / Math.sqrt(3);
    expect(loss.statistics?.interval?.low).toBeCloseTo(5 - reach, 8);
    expect(accuracy).toMatchObject({ name: "accuracy", missing: 1, rhoWithDistance: null });
    expect(accuracy.statistics).toMatchObject({ count: 2, mean: 0.6 });
  });

  it("stand level by level where a mean over all means nothing", () => {
    const runs = [
      run(5, { loss: 1 }, 0),
      run(4, { loss: 3 }, 0),
      run(3, { loss: 8 }, 1),
      run(2, { loss: 7 }, 1),
    ];
    const [loss] = metricResults(runs, [level(0), level(1), level(2)], false, none);
    expect(loss.statistics).toBeNull();
    expect(loss.levels.map((of) => of?.mean ?? null)).toEqual([2, 7.5, null]);
    expect(loss.rhoWithDistance).toBeCloseTo(-0.8, 12);
  });

  it("are none where no run tells any, and have no correlation where they are constant", () => {
    expect(metricResults([run(1, {})], [], true, none)).toEqual([]);
    const constant = [1, 2, 3].map((distance) => run(distance, { epochs: 3 }));
    expect(metricResults(constant, [], true, none)[0].rhoWithDistance).toBeNull();
  });
});
