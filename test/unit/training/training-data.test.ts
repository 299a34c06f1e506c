import { describe, expect, it } from "vitest";
import { imagesInMemory, type Dataset } from "../../../src/training/datasets/dataset";
import { generateShapes } from "../../../src/training/datasets/generated-shapes";
import { trainingData } from "../../../src/training/training-data";

const none = { fraction: 1, equalImages: false, corruption: null, seed: 0 };

const part = (count: number) => ({
  images: imagesInMemory(
    Uint8Array.from({ length: count }, (_, i) => i),
    [1, 1, 1],
  ),
  labels: {
    type: "classes" as const,
    classes: Uint16Array.from({ length: count }, (_, i) => i % 5),
  },
});
const dataset: Dataset = { kinds: ["a", "b", "c", "d", "e"], train: part(100), test: part(20) };

describe("trainingData", () => {
  it("is the whole training set where nothing is asked for", () => {
    const { images, trueLabels, outcome } = trainingData(dataset, none, null);
    expect(images).toEqual(dataset.train);
    expect(trueLabels).toBe(dataset.train.labels);
    expect(outcome).toMatchObject({ images: 100, labels: 100, chosen: 0, changed: 0 });
  });

  it("takes the first so many images of the kinds trained on, their indices unchanged", async () => {
    const { images, outcome } = trainingData(dataset, { ...none, fraction: 0.4 }, 11);
    if (images.labels.type !== "classes") throw new Error();
    expect(outcome.kinds).toHaveLength(2);
    expect(images.images.count).toBe(11);
    for (let i = 0; i < 11; i++) {
      const [byte] = await images.images.read(i);
      expect(images.labels.classes[i]).toBe(byte % 5);
      expect(outcome.kinds).toContain(dataset.kinds[byte % 5]);
    }
  });

  it("corrupts what is trained on and tells the true labels and how many changed", () => {
    const settings = { ...none, corruption: { kind: "uniform", rate: 0.5 } } as const;
    const { images, trueLabels, outcome } = trainingData(dataset, settings, null);
    if (images.labels.type !== "classes" || trueLabels.type !== "classes") throw new Error();
    const real = trueLabels.classes;
    const changed = [...images.labels.classes].filter((kind, i) => kind !== real[i]).length;
    expect(outcome).toMatchObject({ chosen: 50, changed });
    expect(changed).toBeGreaterThan(25);
    expect(dataset.test.labels).toEqual(part(20).labels);
  });

  it("drops a detector's boxes of other kinds and the scenes they leave empty", () => {
    const scenes = generateShapes([8, 8, 3]);
    const { images, outcome } = trainingData(scenes, { ...none, fraction: 0.5 }, null);
    if (images.labels.type !== "boxes") throw new Error();
    expect(outcome.kinds).toHaveLength(2);
    expect(images.labels.boxes.length).toBeLessThan(scenes.train.images.count);
    for (const boxes of images.labels.boxes) {
      expect(boxes.length).toBeGreaterThan(0);
      for (const { kind } of boxes) expect(outcome.kinds).toContain(scenes.kinds[kind]);
    }
  });

  it("permutes the classes of boxes and leaves the boxes where they are", () => {
    const scenes = generateShapes([8, 8, 3]);
    const settings = { ...none, corruption: { kind: "shuffle", rate: 1 } } as const;
    const { images, trueLabels, outcome } = trainingData(scenes, settings, null);
    if (images.labels.type !== "boxes" || trueLabels.type !== "boxes") throw new Error();
    const [given, real] = [images.labels.boxes.flat(), trueLabels.boxes.flat()];
    expect(given.map(({ x, y }) => [x, y])).toEqual(real.map(({ x, y }) => [x, y]));
    expect(given.filter(({ kind }, i) => kind !== real[i].kind)).toHaveLength(outcome.changed);
    expect(outcome.changed).toBeGreaterThan(0.5 * given.length);
    const count = (boxes: typeof given) =>
      [0, 1, 2].map((k) => boxes.filter((b) => b.kind === k).length);
    expect(count(given)).toEqual(count(real));
  });
});
