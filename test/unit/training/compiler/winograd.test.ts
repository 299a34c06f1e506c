import { describe, expect, it } from "vitest";
import {
  filterMatrix,
  imageMatrix,
  type Matrix,
  resultMatrix,
  turned,
} from "../../../../src/training/compiler/lower/blocked/winograd-tiles";
import { winogradPays } from "../../../../src/training/compiler/lower/blocked/winograd-geometry";

const product = ({ rows, columns, values }: Matrix, x: readonly number[]) =>
  Array.from({ length: rows }, (_, i) =>
    x.reduce((sum, value, j) => sum + values[i * columns + j] * value, 0),
  );

describe("a tile of Winograd's", () => {
  const image = Array.from({ length: 36 }, (_, i) => Math.sin(3 * i + 1));
  const filter = Array.from({ length: 9 }, (_, i) => Math.cos(2 * i + 1));
  const inTiles = (matrix: Matrix) => {
    const places = product(matrix, filter);
    return product(
      resultMatrix,
      product(imageMatrix, image).map((value, i) => value * places[i]),
    );
  };
  const direct = (own: readonly number[]) =>
    Array.from({ length: 16 }, (_, i) =>
      own.reduce((sum, factor, j) => {
        const [y, x] = [Math.floor(i / 4) + Math.floor(j / 3), (i % 4) + (j % 3)];
        return sum + factor * image[y * 6 + x];
      }, 0),
    );
  const largestDifference = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((value, i) => Math.abs(value - b[i])));

  it("gives what a filter of 3 x 3 gives", () => {
    expect(largestDifference(inTiles(filterMatrix), direct(filter))).toBeLessThan(2e-6);
  });

  it("gives what the filter turned by 180 degrees gives", () => {
    const expected = direct(filter.toReversed());
    expect(largestDifference(inTiles(turned(filterMatrix)), expected)).toBeLessThan(2e-6);
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
    ["many channels of many small images", window(1, 1), [20, 12, 12, 136], 128, true],
    ["large images of many channels", window(1, 1), [4, 112, 112, 128], 128, true],
    ["one image", window(1, 1), [1, 52, 52, 128], 256, true],
    ["no padding", window(1, 0), [32, 14, 10, 128], 144, true],
    ["uneven padding", { ...window(1, 0), padding: [2, 0, 0, 1] }, [18, 12, 13, 130], 140, true],
    ["few channels", window(1, 1), [4, 224, 224, 64], 64, false],
    ["filters larger than the image", window(1, 1), [1, 26, 26, 256], 512, false],
    ["strides", window(2, 1), [16, 12, 13, 130], 140, false],
    ["other filters", window(1, 2, 5), [16, 12, 13, 130], 140, false],
  ] as const)("%s", (_, given, image, outputs, pays) => {
    expect(winogradPays({ window: given, image, outputs })).toBe(pays);
  });
});
