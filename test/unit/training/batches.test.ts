import { describe, expect, it } from "vitest";
import { changeBoxes, changeImage, epochChanges } from "../../../src/training/augmentation";
import { BatchReader } from "../../../src/training/batches";
import { imagesInMemory } from "../../../src/training/datasets/dataset";
import { learningTask } from "../../../src/training/learning-task";
import { modelDefinition } from "../../../src/training/models";
import { imageWriter } from "../../../src/training/preprocessing";

const bytes = Uint8Array.from({ length: 2 * 2 * 3 * 4 }, (_, i) => (i * 37) % 256);
const images = imagesInMemory(bytes, [2, 3, 4]);

async function inputs(preprocessing: Parameters<typeof imageWriter>[0]): Promise<Float32Array> {
  const written = new Float32Array(24);
  (await imageWriter(preprocessing, images))(bytes.subarray(24), written, 0);
  return written;
}

describe("preprocessing", () => {
  it("normalizes, rescales and subtracts channels' means as it says", async () => {
    const raw = [...bytes.subarray(24)];
    const channel = (i: number) => [...bytes].filter((_, j) => j % 4 === i % 4);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(await inputs("normalize")).toEqual(Float32Array.from(raw, (v) => v / 255));
    expect(await inputs("rescale")).toEqual(Float32Array.from(raw, (v) => v / 127.5 - 1));
    const centred = await inputs("subtract-mean");
    raw.forEach((v, i) => {
      expect(centred[i]).toBeCloseTo((2 * (v - mean(channel(i)))) / 255, 6);
    });
  });

  it("standardizes each image by itself; one of a single value becomes 0", async () => {
    const values = await inputs("standardize");
    const mean = values.reduce((a, b) => a + b, 0) / 24;
    expect(mean).toBeCloseTo(0, 6);
    expect(values.reduce((a, b) => a + b * b, 0) / 24).toBeCloseTo(1, 6);
    const flat = new Float32Array(24).fill(9);
    (await imageWriter("standardize", images))(new Uint8Array(24).fill(200), flat, 0);
    expect([...flat]).toEqual(new Array(24).fill(0));
  });
});

describe("augmentation", () => {
  const image = Uint8Array.from([1, 2, 3, 4, 5, 6]);
  it("mirrors, then moves, with black coming in", () => {
    const change = (mirrored: boolean, right: number, down: number) => [
      ...changeImage(image, [2, 3, 1], { mirrored, right, down }),
    ];
    expect(change(true, 0, 0)).toEqual([3, 2, 1, 6, 5, 4]);
    expect(change(false, 1, 0)).toEqual([0, 1, 2, 0, 4, 5]);
    expect(change(true, -1, 1)).toEqual([0, 0, 0, 2, 1, 0]);
    expect(change(false, 9, 0)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("takes boxes along and drops those that left", () => {
    const box = { kind: 1, x: 0.25, y: 0.5, width: 0.5, height: 0.5, difficult: false };
    const moved = (right: number) =>
      changeBoxes([box], [8, 8, 1], { mirrored: true, right, down: 0 });
    expect(moved(0)).toEqual([{ ...box, x: 0.75 }]);
    expect(moved(1)).toEqual([{ ...box, x: 0.8125, width: 0.375 }]);
    expect(moved(2)).toEqual([]);
  });

  it("is drawn from the seed and the epoch alone", () => {
    const draw = (seed: number, epoch: number) =>
      epochChanges(50, { flip: true, shift: 2 }, seed, epoch);
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(draw(1, 2)).not.toEqual(draw(1, 3));
    expect(epochChanges(5, { flip: false, shift: 0 }, 1, 1)).toEqual(
      new Array(5).fill({ mirrored: false, right: 0, down: 0 }),
    );
  });
});

it("gathers images that come late in their places", async () => {
  const late = {
    ...images,
    read: (index: number) =>
      new Promise<Uint8Array>((resolve) =>
        setTimeout(
          () => {
            resolve(images.read(index));
          },
          5 * (2 - index),
        ),
      ),
  };
  const labels = { type: "classes", classes: Uint16Array.of(7, 3) } as const;
  const task = learningTask(modelDefinition("mnist-dense"));
  const write = await imageWriter("normalize", images);
  const batch = await new BatchReader({ images: late, labels }, task, write).gather([1, 0]);
  const expected = await new BatchReader({ images, labels }, task, write).gather([1, 0]);
  expect(batch).toEqual(expected);
  expect(batch.targets).toEqual([Int32Array.of(3, 7)]);
  expect(batch.images[0]).toBeCloseTo(bytes[24] / 255, 6);
});
