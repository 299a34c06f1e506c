import { describe, expect, test } from "vitest";
import type { Detection, LabelledBox } from "../../../../src/training/detection/boxes";
import { decodeDetections } from "../../../../src/training/detection/decode";
import { detectionGrid, placeCount } from "../../../../src/training/detection/detection-grid";
import { encodeTargets } from "../../../../src/training/detection/targets";

const grid = detectionGrid(3, 416);
const box = (values: Partial<LabelledBox>): LabelledBox => ({
  x: 0.5,
  y: 0.5,
  width: 0.1,
  height: 0.1,
  kind: 0,
  difficult: false,
  ...values,
});

/** Places with a box in them, with their columns. */
function assigned(boxes: readonly LabelledBox[]) {
  const [values] = encodeTargets(grid, [boxes]);
  return Array.from({ length: placeCount(grid) }, (_, place) => ({
    place,
    columns: Array.from(values.subarray(place * 9, (place + 1) * 9)),
  })).filter(({ columns }) => columns[5] === 1);
}

describe("targets", () => {
  test("a box goes to the anchor of its size, in the cell of its centre", () => {
    // 59 x 119 pixels is the last anchor of the middle scale of 26 x 26 cells.
    const [{ place, columns }, ...others] = assigned([
      box({ x: 0.3, y: 0.8, width: 59 / 416, height: 119 / 416, kind: 2 }),
    ]);
    expect(others).toEqual([]);
    expect(place).toBe(13 * 13 * 3 + (20 * 26 + 7) * 3 + 2);
    [0.8, 0.8, 0, 0, 2 - (59 * 119) / 416 ** 2, 1, 0, 0, 1].forEach((wanted, i) => {
      expect(columns[i]).toBeCloseTo(wanted, 5);
    });
  });

  test("a centre on the edge of the image is in the last cell", () => {
    const [{ place, columns }] = assigned([box({ x: 1, y: 1, width: 0.9, height: 0.8 })]);
    expect(place).toBe((12 * 13 + 12) * 3 + 2);
    expect(columns.slice(0, 2)).toEqual([1, 1]);
  });

  test("of two boxes in one place the later gives the size, and both kinds stand", () => {
    const [{ columns }, ...others] = assigned([
      box({ kind: 0, width: 0.1 }),
      box({ kind: 1, width: 0.11 }),
    ]);
    expect(others).toEqual([]);
    expect(columns[2]).toBeCloseTo(Math.log((0.11 * 416) / 62), 5);
    expect(columns.slice(6)).toEqual([1, 1, 0]);
  });

  test.each([
    [{ width: 0 }, "not inside"],
    [{ x: 1.1 }, "not inside"],
    [{ height: NaN }, "not inside"],
    [{ kind: 3 }, "kind 3"],
    [{ kind: 0.5 }, "kind 0.5"],
  ])("a box with %j is refused", (values, message) => {
    expect(() => encodeTargets(grid, [[box(values)]])).toThrow(message);
  });

  test("more boxes than fit are refused", () => {
    const boxes = Array.from({ length: 65 }, () => box({}));
    expect(() => encodeTargets(grid, [boxes])).toThrow("65 boxes");
  });
});

test("decoding turns logits that say the targets into the boxes", () => {
  const images = [
    [box({ x: 0.31, y: 0.77, width: 0.5, height: 0.3, kind: 1 })],
    [box({ x: 0.1, y: 0.2, width: 0.05, height: 0.04 }), box({ x: 0.9, y: 0.6, kind: 2 })],
  ];
  const [targets] = encodeTargets(grid, images);
  const logit = (p: number) => Math.log(p / (1 - p));
  // Columns of targets to columns of outputs: offsets and probabilities as logits, sizes as they are.
  const all = Array.from({ length: 2 * placeCount(grid) }, (_, i) => {
    const [x, y, width, height, , objectness, ...kinds] = targets.subarray(i * 9, (i + 1) * 9);
    const sure = (p: number) => (p === 1 ? 8 : -20);
    return [logit(x), logit(y), width, height, sure(objectness), ...kinds.map(sure)];
  });
  let first = 0;
  const outputs = grid.scales.map(({ cells }) => {
    const places = 3 * cells ** 2;
    const part = [0, 1].flatMap((image) => {
      const start = image * placeCount(grid) + first;
      return all.slice(start, start + places).flat();
    });
    first += places;
    return Float32Array.from(part);
  });
  const found = decodeDetections(grid, outputs, 2);
  const byX = (a: { x: number }, b: { x: number }) => a.x - b.x;
  found.forEach((detections, image) => {
    expect(detections).toHaveLength(images[image].length);
    [...detections].sort(byX).forEach((detection: Detection, i) => {
      const wanted = [...images[image]].sort(byX)[i];
      expect(detection.kind).toBe(wanted.kind);
      expect(detection.score).toBeGreaterThan(0.99);
      for (const key of ["x", "y", "width", "height"] as const)
        expect(detection[key]).toBeCloseTo(wanted[key], 5);
    });
  });
});

test("an untrained network's boxes are bounded", () => {
  const outputs = grid.scales.map(({ cells }) => new Float32Array(cells ** 2 * 3 * 8));
  const [found] = decodeDetections(grid, outputs, 1);
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThanOrEqual(1000);
});
