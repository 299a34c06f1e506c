import { expect, it } from "vitest";
import type { SweepLevel } from "../../../../src/protocol/qmcm";
import { divergenceCsv, divergenceLines, histogramCsv } from "../../../../webview/qmcm/figure-data";

const level: SweepLevel = {
  ratio: 0.1,
  stored: 10,
  queries: 9000,
  mean: 1.5,
  std: 0.25,
  klDivergence: null,
  floor: { mean: 0.5, low: 0.25, high: 0.75 },
};

it("draws the divergence over r between what normal samples have", () => {
  const { places, names, lines } = divergenceLines([level, { ...level, ratio: 0.29 }]);
  expect(places.map((place) => place.toFixed(6))).toEqual(["10.000000", "29.000000"]);
  expect(names).toEqual(["r = 10 %, 9,000 points", "r = 29 %, 9,000 points"]);
  expect(lines.map(({ values }) => values[0])).toEqual([null, 0.5, 0.75]);
});

it("writes the figures' data as numbers in full", () => {
  expect(divergenceCsv([level])).toBe(
    "ratio,stored,queries,mean,std,kl_divergence,floor_mean,floor_low,floor_high\n0.1,10,9000,1.5,0.25,,0.5,0.25,0.75\n",
  );
  expect(histogramCsv({ from: 1, to: 3, counts: [4, 0], expected: [3.5, 0.5] })).toBe(
    "from,to,count,normal\n1,2,4,3.5\n2,3,0,0.5\n",
  );
});
