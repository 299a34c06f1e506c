import { expect, it } from "vitest";
import { comparisonHtml } from "../../../src/comparison/report/html-report";
import { summarise } from "../../../src/comparison/summarise";
import type { Trajectory } from "../../../src/protocol/trajectory";
import { trajectoryHtml } from "../../../src/trajectory/html-report";
import { comparisonOf, movedTensor } from "./comparisons";

const hostile = `</style><script>alert("1")</script><img src=x onerror='1'>&`;

/** What every report holds to. */
function expectInert(html: string): void {
  expect(html).not.toMatch(/<script|<img|\sstyle=|\sonerror='|https?:|\s(src|href)="/);
  expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
  expect(html).toContain("&#60;/style&#62;&#60;script&#62;");
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
}

it("shows a comparison whatever its names are", () => {
  const histogram = { firstExponent: -4, decreases: [0, 2], increases: [1, 0], unchanged: 7 };
  const comparison = comparisonOf(
    movedTensor(hostile, 1, { histogram }),
    movedTensor("empty", 0, { norm: 0, changedShare: null }),
  );
  const report = {
    ...comparison,
    histogram,
    onlyInA: [hostile],
    leftOut: [],
    summary: summarise(comparison),
    spectrum: {
      left: [],
      tensors: [
        {
          name: hostile,
          shape: [2, 5],
          layout: "first x rest" as const,
          rows: 2,
          columns: 5,
          singularValues: [2, 1],
          errorBounds: [0, 0],
          estimatedError: 0,
          frobenius: 3,
          explained: 0.5,
          stableRank: 1.5,
          noiseStableRank: 1.2,
          effectiveRank: { low: 1, high: 2 },
          rank: null,
          noiseLevel: 0,
          precision: "float64" as const,
        },
      ],
    },
  };
  const html = comparisonHtml(report, { a: hostile, b: "b" });
  expectInert(html);
  for (const heading of [
    "Layers",
    "Sizes of changes",
    "Spectra of changes",
    "Tensors",
    "Not compared",
  ])
    expect(html).toContain(`<h2>${heading}</h2>`);
  expect(html.match(/<rect class="(first|second)" x=/g)).toHaveLength(4);
});

it("shows nothing but words where nothing was compared", () => {
  const comparison = comparisonOf();
  const report = { ...comparison, leftOut: [], summary: summarise(comparison) };
  expect(comparisonHtml(report, { a: "a", b: "b" })).toContain("Nothing was compared");
});

it("shows a trajectory with gaps", () => {
  const point = { norm: 1, modified: "2026-01-01T00:00:00.000Z" };
  const trajectory: Trajectory = {
    order: "step",
    parameters: 2,
    pathLength: null,
    netDistance: 2,
    pathRatio: null,
    strippedPrefixes: [],
    unmatched: [{ name: hostile, files: ["a"] }],
    skipped: [{ file: "c", reason: "half" }],
    steps: [
      { ...point, step: 1, file: hostile, fromFirst: 0, toLast: 2, fromPrevious: null },
      { ...point, step: 5, file: "b", fromFirst: null, toLast: null, fromPrevious: null },
      { ...point, step: 9, file: "c", fromFirst: 2, toLast: 0, fromPrevious: null },
    ],
    tensors: [],
  };
  const html = trajectoryHtml(trajectory, "run");
  expectInert(html);
  expect(html).toContain(`d="M56.0 216.0M632.0 8.0"`);
});
