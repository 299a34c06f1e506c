import path from "node:path";
import type { Dataset, LabelledImages } from "./dataset";
import { selectImages } from "./dataset";
import { readIdx } from "./idx";

/** MNIST from its four IDX files: 60,000 training and 10,000 test images of 28x28 bytes. */
export async function readMnist(folder: string): Promise<Dataset> {
  return {
    inputShape: [28, 28, 1],
    train: await readPart(folder, "train"),
    test: await readPart(folder, "t10k"),
  };
}

/**
 * MNIST's digits 3 (label 1) and 6 (label 0), as the TensorFlow Quantum tutorial's classical network takes
 * them: 12,049 training and 1,968 test images.
 */
export async function readMnist36(folder: string): Promise<Dataset> {
  const { inputShape, train, test } = await readMnist(folder);
  return { inputShape, train: threesAndSixes(train), test: threesAndSixes(test) };
}

function threesAndSixes(all: LabelledImages): LabelledImages {
  const indices = Array.from(all.labels.keys()).filter(
    (i) => all.labels[i] === 3 || all.labels[i] === 6,
  );
  const chosen = selectImages(all, indices);
  return { ...chosen, labels: chosen.labels.map((digit) => (digit === 3 ? 1 : 0)) };
}

async function readPart(folder: string, part: "train" | "t10k"): Promise<LabelledImages> {
  const imagesFile = path.join(folder, `${part}-images-idx3-ubyte`);
  const labelsFile = path.join(folder, `${part}-labels-idx1-ubyte`);
  const images = await readIdx(imagesFile, 3);
  const labels = await readIdx(labelsFile, 1);
  const [count = 0, height, width] = images.shape;
  if (height !== 28 || width !== 28)
    throw new Error(`${imagesFile}: images are ${height}x${width}, not 28x28`);
  if (labels.shape[0] !== count)
    throw new Error(`${labelsFile}: ${labels.shape[0]} labels for ${count} images`);
  const wrong = labels.values.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new Error(
      `${labelsFile}, byte ${8 + wrong}: label ${labels.values[wrong]} is not a digit`,
    );
  return { count, images: images.values, labels: labels.values };
}
