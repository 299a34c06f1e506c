import { describe, expect, it } from "vitest";
import { columnsOf } from "../../../webview/results/run-columns";
import { metricKey, nextSort, rowsOf, sorted, type Sort } from "../../../webview/results/rows";
import { generatedLive, generatedResults } from "../../integration/webview/generated-results";

const results = generatedResults(4, 8);
const view = {
  experiment: null,
  name: "x",
  results,
  live: generatedLive("running", 4, 2, 2),
  alive: true,
};
const order = (sort: Sort): number[] => sorted(rowsOf(view), sort).map(({ run }) => run);

describe("rowsOf", () => {
  it("tells each run once: as its result, else as the live snapshot", () => {
    const rows = rowsOf(view);
    expect(rows.map(({ run }) => run)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows.map(({ state }) => state).slice(3)).toEqual([
      "finished",
      "running",
      "running",
      "queued",
      "queued",
    ]);
    expect(rows[0]).toMatchObject({
      distance: results.runResults[0].distance,
      seeds: { order: 0 },
    });
    expect(rows[4]).toMatchObject({ distance: null, loss: 1.0412, progress: 1700 / 3910 });
  });

  it("calls a running run stopped where no scheduler lives", () => {
    const dead = rowsOf({ ...view, alive: false });
    expect(dead[4]).toMatchObject({ state: "stopped", progress: null });
  });

  it("calls a run without a finite distance diverged", () => {
    const runResults = [{ ...results.runResults[0], distance: null }];
    expect(rowsOf({ ...view, live: null, results: { ...results, runResults } })[0].state).toBe(
      "diverged",
    );
  });

  it("has no rows before anything ran", () => {
    expect(
      rowsOf({ experiment: null, name: "x", results: null, live: null, alive: false }),
    ).toEqual([]);
  });
});

describe("sorted", () => {
  it("sorts by a figure either way and keeps runs without one last", () => {
    const up = order({ key: "distance", descending: false });
    const down = order({ key: "distance", descending: true });
    expect(up.slice(0, 4).toReversed()).toEqual(down.slice(0, 4));
    expect(up.slice(4)).toEqual([4, 5, 6, 7]);
    expect(down.slice(4)).toEqual([4, 5, 6, 7]);
    const distances = up.slice(0, 4).map((run) => results.runResults[run].distance!);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  it("puts what runs before what waits, the farthest first", () => {
    expect(order({ key: "state", descending: false })).toEqual([4, 5, 6, 7, 0, 1, 2, 3]);
  });

  it("turns a column round on its second press", () => {
    const first = nextSort({ key: "run", descending: false }, "accuracy");
    expect(first).toEqual({ key: "accuracy", descending: true });
    expect(nextSort(first, "accuracy")).toEqual({ key: "accuracy", descending: false });
  });
});

describe("columns", () => {
  const told = (run: number, metrics: Record<string, number | null>) => ({
    ...results.runResults[run],
    testAccuracy: null,
    trainingLoss: null,
    metrics,
  });
  const own = {
    ...view,
    live: null,
    results: { ...results, runResults: [told(0, { bleu: 2 }), told(1, { bleu: 1, f1: null })] },
  };

  it("are those that some run fills, the user's own numbers among them", () => {
    expect(columnsOf(rowsOf(view))).toMatchObject({ accuracy: true, loss: true, metrics: [] });
    expect(columnsOf(rowsOf(own))).toEqual({
      level: false,
      accuracy: false,
      loss: false,
      metrics: ["bleu", "f1"],
    });
  });

  it("sort by a metric, and by run where it is not told", () => {
    const by = (name: string) =>
      sorted(rowsOf(own), { key: metricKey(name), descending: false }).map(({ run }) => run);
    expect(by("bleu")).toEqual([1, 0]);
    expect(by("other")).toEqual([0, 1]);
  });
});
