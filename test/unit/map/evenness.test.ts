import { describe, expect, it } from "vitest";
import { monteCarlo, unevenness, unevennessOfMaps } from "../../../src/map/evenness";
import { evennessOfStates } from "../../../src/map/evenness-of-states";
import { initialMoments } from "../../../src/map/initial-moments";
import { randomInitialisations } from "../../../src/map/random-initialisations";
import { statistics } from "../../../src/distance/statistics";
import { RandomStream } from "../../../src/random/stream";
import { temporaryDirectory } from "../checkpoint/temporary";
import { openStates, writeState } from "./checkpoints";

const directory = temporaryDirectory();
const parameters = 1004;

/** Weights of two tensors, as writeState divides them: four uniform in [-3, 3], the others in [-1, 1]. */
function initialisation(stream: RandomStream): Float32Array {
  return Float32Array.from(
    { length: parameters },
    (_, i) => (i < 4 ? 3 : 1) * (2 * stream.uniform() - 1),
  );
}

/** Of a uniform deviate in [-a, a]: σ² = a² / 3, μ4 = a⁴ / 5. */
const exact = {
  squaredNorm: 4 * 3 + 1000 / 3,
  productVariance: 4 * 9 + 1000 / 9,
  squaredNormVariance: (4 * 81 + 1000) * (1 / 5 - 1 / 9),
};

function distancesOf(rows: readonly Float32Array[]): Float64Array {
  return Float64Array.from(
    rows.flatMap((a) =>
      rows.map((b) => Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0))),
    ),
  );
}

describe("drawing initialisations in few dimensions", () => {
  it("measures their moments on some of them", async () => {
    const stream = new RandomStream("moments");
    const states = await openStates(
      directory,
      Array.from({ length: 40 }, () => initialisation(stream)),
    );
    const found = await initialMoments(states);
    expect(found.squaredNorm / exact.squaredNorm).toBeCloseTo(1, 1);
    expect(found.productVariance / exact.productVariance).toBeCloseTo(1, 1);
    expect(found.squaredNormVariance / exact.squaredNormVariance).toBeCloseTo(1, 0.5);
  });

  it("has the distances and the maps that whole weights have", () => {
    const n = 12;
    const repeats = 150;
    const whole = Array.from({ length: repeats }, (_, repeat) => {
      const stream = new RandomStream("whole", repeat);
      return distancesOf(Array.from({ length: n }, () => initialisation(stream)));
    });
    const drawn = Array.from({ length: repeats }, (_, repeat) =>
      randomInitialisations(exact, n, new RandomStream("drawn", repeat)),
    );
    const compare = (figure: (distances: Float64Array) => number) =>
      [whole, drawn].map((all) => statistics(all.map(figure)));
    for (const figure of [
      (d: Float64Array) => d[1],
      (d: Float64Array) => unevennessOfMaps(d, n).classical.resultant,
      (d: Float64Array) => unevennessOfMaps(d, n).classical.anisotropy,
      (d: Float64Array) => unevennessOfMaps(d, n).metric.anisotropy,
    ]) {
      const [a, b] = compare(figure);
      const error = Math.hypot(a.std!, b.std!) / Math.sqrt(repeats);
      expect(Math.abs(a.mean - b.mean)).toBeLessThan(3.5 * error);
      // A standard deviation of so many is known to a twelfth of itself.
      expect(Math.abs(Math.log(a.std! / b.std!))).toBeLessThan(0.35);
    }
  });
});

it("tells even directions from uneven ones", () => {
  const cube = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z])));
  const even = unevenness(Float64Array.from(cube.flat()));
  expect(even.resultant).toBeCloseTo(0, 12);
  expect(even.anisotropy).toBeCloseTo(0, 12);
  const needle = Float64Array.from([0, 0, -3, 0, 0, 1, 0, 0, 2]);
  expect(unevenness(needle).anisotropy).toBeCloseTo(1, 12);
  expect(unevenness(needle).resultant).toBeCloseTo(1 / 3, 12);
});

it("counts draws as large as the statistic, itself among them", () => {
  expect(monteCarlo(5, [1, 2, 3, 9])).toEqual({
    statistic: 5,
    chanceMean: 3.75,
    chance95: 9,
    p: 2 / 5,
  });
  expect(monteCarlo(2, [1, 2, 3]).p).toBe(3 / 4);
});

it("finds initial states even and clustered final ones not", async () => {
  const stream = new RandomStream("states");
  const [left, right] = [initialisation(stream), initialisation(stream)];
  const rows = Array.from({ length: 12 }, () => initialisation(stream));
  const finals = rows.map((row, i) =>
    row.map((value, k) => 0.3 * value + (i % 3 ? left : right)[k]),
  );
  const all = [...rows, ...finals];
  const files = [];
  for (const [at, row] of all.entries())
    files.push({
      run: at % 12,
      state: at < 12 ? ("initial" as const) : ("final" as const),
      path: await writeState(directory, `even-${at}`, row),
    });
  const found = await evennessOfStates(distancesOf(all), files);
  expect(found.map(({ state, method }) => `${state} ${method}`)).toEqual([
    "initial classical",
    "initial metric",
    "final classical",
    "final metric",
  ]);
  for (const { state, anisotropy, states, draws } of found) {
    expect([states, draws]).toEqual([12, 199]);
    if (state === "final") expect(anisotropy.p).toBe(1 / 200);
    else expect(anisotropy.p).toBeGreaterThan(0.01);
  }
  expect(await evennessOfStates(distancesOf(all), files)).toEqual(found);
});
