import { beforeAll, describe, expect, it } from "vitest";
import { analyseStates, type StateAnalysis, type StateFile } from "../../../src/map/analyse-states";
import { temporaryDirectory } from "../checkpoint/temporary";
import { writeState } from "./checkpoints";
import { randomPoints, relativeError, stateFigures } from "./fixtures";

const directory = temporaryDirectory();
const { runs, weights } = stateFigures;

describe("eight runs against NumPy and SciPy", () => {
  let analysis: StateAnalysis;
  const stages = new Set<string>();

  beforeAll(async () => {
    const files: StateFile[] = [];
    for (const [i, row] of weights.entries())
      files.push({
        run: i % runs,
        state: i < runs ? "initial" : "final",
        path: await writeState(directory, `run-${i}`, row),
      });
    analysis = await analyseStates(files, {
      dimensions: 2,
      seed: 1,
      onProgress: (stage) => stages.add(stage),
    });
  });

  it("makes three sets of states by two methods", () => {
    expect(analysis.maps.map(({ states, method }) => `${states} ${method}`)).toEqual(
      ["joint", "initial", "final"].flatMap((states) => [
        `${states} classical`,
        `${states} metric`,
      ]),
    );
    expect(stages.has("distances")).toBe(true);
  });

  it("has the figures of each classical map", () => {
    for (const map of analysis.maps.filter(({ method }) => method === "classical")) {
      const expected = stateFigures[map.states];
      const [flat] = expected.maps;
      const positions = map.points.flatMap(({ position }) => position);
      expect(relativeError(positions, flat.positions)).toBeLessThan(1e-6);
      expect(relativeError(map.eigenvalues, expected.eigenvalues)).toBeLessThan(1e-9);
      expect(map.dimensions).toBe(2);
      expect(map.explained).toBeCloseTo(flat.explained, 9);
      expect(map.explainedNull).toBe(2 / (map.points.length - 1));
      expect(map.stress).toBeCloseTo(flat.stress, 9);
    }
  });

  it("labels points by run and state", () => {
    expect(analysis.maps[0].points.map(({ run, state }) => `${run} ${state}`)).toEqual(
      ["initial", "final"].flatMap((state) =>
        Array.from({ length: runs }, (_, run) => `${run} ${state}`),
      ),
    );
    expect(analysis.maps[4].points.every(({ state }) => state === "final")).toBe(true);
  });

  it("fits distances better by majorisation", () => {
    for (let at = 0; at < 6; at += 2)
      expect(analysis.maps[at + 1].stress).toBeLessThan(analysis.maps[at].stress);
  });

  it("measures spheres in the full space and in 3-D maps, whatever the maps' dimensions", () => {
    for (const state of ["initial", "final"] as const) {
      const { fullSpace, map, metricMap } = analysis.sphere![state]!;
      expect(fullSpace.meanRadius).toBeCloseTo(stateFigures[state].fullSpace.meanRadius, 9);
      expect(map.meanRadius).toBeCloseTo(stateFigures[state].maps[1].radius.meanRadius, 9);
      expect(metricMap.meanRadius).toBeGreaterThan(map.meanRadius);
    }
  });

  it("finds each final state nearest to its own initial state", () => {
    const distance = (i: number, j: number) => stateFigures.distances[i * 2 * runs + runs + j];
    const ratios = Array.from({ length: runs }, (_, i) => {
      const others = Array.from({ length: runs }, (_, j) => (j === i ? Infinity : distance(i, j)));
      return Math.min(...others) / distance(i, i);
    });
    expect(analysis.nearest).toMatchObject({ applicable: true, pairs: runs, allOwn: true });
    expect(analysis.nearest).toHaveProperty("margin", expect.closeTo(Math.min(...ratios), 9));
  });
});

it("takes runs that share their initial state", async () => {
  const shared = await writeState(directory, "shared", randomPoints(1, 40, "shared"));
  const files: StateFile[] = [];
  for (let run = 0; run < 5; run++) {
    files.push({ run, state: "initial", path: shared });
    const weights = randomPoints(1, 40, `final ${run}`);
    files.push({ run, state: "final", path: await writeState(directory, `end-${run}`, weights) });
  }
  const { maps, sphere, nearest } = await analyseStates(files);
  expect(nearest).toMatchObject({ applicable: false, pairs: 5 });
  expect(sphere!.initial!.fullSpace).toEqual({ meanRadius: 0, std: 0 });
  const initial = maps.filter(({ states }) => states === "initial");
  expect(initial).toMatchObject([
    { explained: 0, stress: 0 },
    { explained: 0, stress: 0 },
  ]);
  for (const { points, stress, explained } of maps) {
    expect(Number.isFinite(stress) && Number.isFinite(explained)).toBe(true);
    expect(points.every(({ position }) => position.every(Number.isFinite))).toBe(true);
  }
});

it("makes no maps of one run, but checks it", async () => {
  const files: StateFile[] = [];
  for (let run = 0; run < 1; run++)
    for (const state of ["initial", "final"] as const)
      files.push({
        run,
        state,
        path: await writeState(directory, `few-${run}-${state}`, randomPoints(1, 30, `${run}`)),
      });
  const { maps, sphere, nearest, distances } = await analyseStates(files);
  expect(maps).toEqual([]);
  expect(sphere).toBeNull();
  expect(nearest).toMatchObject({ own: 1, margin: null });
  expect(distances.length).toBe(4);
});
