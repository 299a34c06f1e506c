import { describe, expect, it } from "vitest";
import {
  filterMatrix,
  imageMatrix,
  type Matrix,
  resultMatrix,
  tilePlaces,
} from "../../../../src/training/compiler/lower/blocked/winograd-tiles";
import { winogradPays } from "../../../../src/training/compiler/lower/blocked/winograd";

const product = ({ rows, columns, values }: Matrix, x: readonly number[]) =>
  Array.from({ length: rows }, (_, i) =>
    x.reduce((sum, value, j) => sum + values[i * columns + j] * value, 0),
  );

describe("Winograd's tiles along an axis", () => {
  it.each([
    { size: 12, results: 12, padding: 1 },
    { size: 13, results: 11, padding: 0 },
    { size: 5, results: 6, padding: 2 },
    { size: 2, results: 2, padding: 1 },
  ])("give what a filter of three gives: %j", (axis) => {
    const image = Array.from({ length: axis.size }, (_, i) => Math.sin(3 * i + 1));
    // Of a filter whose other axis is 1, 0, 0: the first column of places holds this axis.
    const filter = [0.7, -1.3, 0.4];
    const square = product(filterMatrix(), [filter[0], 0, 0, filter[1], 0, 0, filter[2], 0, 0]);
    const tiles = imageMatrix(axis).rows / tilePlaces;
    const places = product(imageMatrix(axis), image).map(
      (value, i) => value * square[Math.floor(i / tiles) * tilePlaces],
    );
    product(resultMatrix(axis), places).forEach((result, at) => {
      const expected = filter.reduce(
        (sum, factor, i) => sum + factor * (image[at + i - axis.padding] ?? 0),
        0,
      );
      expect(Math.abs(result - expected)).toBeLessThan(2e-6);
    });
  });
});

describe("tiles pay", () => {
  const window = (stride: number, padding: number, kernel = 3) =>
    ({
      kernel: [kernel, kernel],
      strides: [stride, stride],
      dilations: [1, 1],
      padding: [padding, padding, padding, padding],
    }) as const;
  it.each([
    ["many channels of many small images", window(1, 1), [16, 12, 12, 130], 140, true],
    ["no padding", window(1, 0), [20, 14, 10, 128], 144, true],
    ["uneven padding", { ...window(1, 0), padding: [2, 0, 0, 1] }, [16, 12, 13, 130], 140, true],
    ["few channels", window(1, 1), [16, 12, 13, 32], 64, false],
    ["few pixels", window(1, 1), [1, 13, 13, 512], 512, false],
    ["large images", window(1, 1), [4, 112, 112, 128], 128, false],
    ["strides", window(2, 1), [16, 12, 13, 130], 140, false],
    ["other filters", window(1, 2, 5), [16, 12, 13, 130], 140, false],
  ] as const)("%s", (_, given, image, outputs, pays) => {
    expect(winogradPays({ window: given, image, outputs })).toBe(pays);
  });
});
