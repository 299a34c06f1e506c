import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  intersectionOverUnion,
  type Detection,
  type LabelledBox,
} from "../../../../src/training/detection/boxes";
import {
  averagePrecision,
  meanAveragePrecision,
  type EvaluatedImage,
} from "../../../../src/training/detection/mean-average-precision";
import { withoutDuplicates } from "../../../../src/training/detection/non-maximum-suppression";

const at = (x: number, kind = 0, difficult = false): LabelledBox => ({
  x,
  y: 0.5,
  width: 0.2,
  height: 0.2,
  kind,
  difficult,
});
const found = (x: number, score: number, kind = 0): Detection => ({ ...at(x, kind), score });

test("intersection over union of boxes side by side, inside and apart", () => {
  expect(intersectionOverUnion(at(0.5), at(0.6))).toBeCloseTo(1 / 3, 12);
  expect(intersectionOverUnion(at(0.5), at(0.5))).toBeCloseTo(1, 12);
  expect(intersectionOverUnion(at(0.2), at(0.8))).toBe(0);
  const small = { ...at(0.5), width: 0.1, height: 0.1 };
  expect(intersectionOverUnion(at(0.5), small)).toBeCloseTo(0.25, 12);
});

test("of boxes that overlap the likeliest of each kind stays", () => {
  const detections = [found(0.5, 0.6), found(0.52, 0.9), found(0.51, 0.7, 1), found(0.8, 0.1)];
  expect(withoutDuplicates(detections)).toEqual([detections[1], detections[2], detections[3]]);
  expect(withoutDuplicates([found(0.5, 0.9), found(0.6, 0.8)])).toHaveLength(2); // One third is allowed.
});

describe("average precision", () => {
  // Two boxes; right, wrong, right: recall 1/2, 1/2, 1 at precision 1, 1/2, 2/3.
  const image: EvaluatedImage = {
    boxes: [at(0.2), at(0.8)],
    detections: [found(0.2, 0.9), found(0.5, 0.8), found(0.8, 0.7)],
  };

  test("is computed by hand", () => {
    expect(averagePrecision([image], 0, "all-point")).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3), 12);
    expect(averagePrecision([image], 0, "11-point")).toBeCloseTo((6 + 5 * (2 / 3)) / 11, 12);
  });

  test("counts a box found twice once, and a difficult one not at all", () => {
    const twice = { ...image, detections: [found(0.2, 0.9), found(0.21, 0.8), found(0.8, 0.7)] };
    expect(averagePrecision([twice], 0, "all-point")).toBeCloseTo(5 / 6, 12);
    const difficult = { ...image, boxes: [at(0.2), at(0.5, 0, true), at(0.8)] };
    expect(averagePrecision([difficult], 0, "all-point")).toBe(1);
  });

  test("holds a detection against the box it overlaps most, in its own image", () => {
    const elsewhere = [
      { boxes: [at(0.2)], detections: [] },
      { boxes: [], detections: [found(0.2, 0.9)] },
    ];
    expect(averagePrecision(elsewhere, 0, "all-point")).toBe(0);
  });

  test("is averaged over kinds that are there to be found", () => {
    const other = { boxes: [at(0.4, 1), at(0.4, 2, true)], detections: [found(0.4, 0.5, 3)] };
    expect(meanAveragePrecision([image, other])).toBeCloseTo((5 / 6 + 0) / 2, 12);
    expect(meanAveragePrecision([{ boxes: [at(0.4, 2, true)], detections: [] }])).toBeNull();
  });
});

interface Fixture {
  readonly images: readonly {
    /** Left, top, right, bottom in inclusive pixels, then the kind. */
    readonly boxes: readonly number[][];
    /** The same and the score. */
    readonly detections: readonly number[][];
  }[];
  readonly elevenPoint: readonly number[];
  readonly allPoint: readonly number[];
}

test("25 random images have the precision that the package mean-average-precision gives", () => {
  const file = path.join(__dirname, "../../../fixtures/detection/precision.json");
  const { images, elevenPoint, allPoint } = JSON.parse(readFileSync(file, "utf8")) as Fixture;
  const box = ([left, top, right, bottom, kind]: readonly number[]) => ({
    x: (left + right + 1) / 200,
    y: (top + bottom + 1) / 200,
    width: (right + 1 - left) / 100,
    height: (bottom + 1 - top) / 100,
    kind,
  });
  const evaluated = images.map(({ boxes, detections }) => ({
    boxes: boxes.map((values) => ({ ...box(values), difficult: false })),
    detections: detections.map((values) => ({ ...box(values), score: values[5] })),
  }));
  // The package stores float32.
  for (const kind of [0, 1, 2]) {
    expect(averagePrecision(evaluated, kind, "11-point")).toBeCloseTo(elevenPoint[kind], 6);
    expect(averagePrecision(evaluated, kind, "all-point")).toBeCloseTo(allPoint[kind], 6);
  }
  const mean = allPoint.reduce((sum, value) => sum + value, 0) / 3;
  expect(meanAveragePrecision(evaluated)).toBeCloseTo(mean, 6);
});
