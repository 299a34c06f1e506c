import path from "node:path";
import {
  imagesInMemory,
  selectImages,
  type ClassLabels,
  type Dataset,
  type LabelledImages,
} from "./dataset";
import { readIdx } from "./idx";

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** MNIST from its four IDX files: 60,000 training and 10,000 test images of 28x28 bytes. */
export async function readMnist(folder: string): Promise<Dataset<ClassLabels>> {
  return readIdxDataset(folder, digits);
}

/** Fashion-MNIST: the same files and sizes, pictures of clothes in place of digits. */
export async function readFashionMnist(folder: string): Promise<Dataset<ClassLabels>> {
  return readIdxDataset(folder, [
    ...["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"],
    ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
  ]);
}

/**
 * MNIST's digits 3 (label 1) and 6 (label 0), as the TensorFlow Quantum tutorial's classical network takes
 * them: 12,049 training and 1,968 test images.
 */
export async function readMnist36(folder: string): Promise<Dataset<ClassLabels>> {
  const { train, test } = await readMnist(folder);
  return { kinds: ["6", "3"], train: threesAndSixes(train), test: threesAndSixes(test) };
}

function threesAndSixes(all: LabelledImages<ClassLabels>): LabelledImages<ClassLabels> {
  const { classes } = all.labels;
  const indices = Array.from(classes.keys()).filter((i) => classes[i] === 3 || classes[i] === 6);
  const chosen = selectImages(all, indices);
  return {
    images: chosen.images,
    labels: {
      type: "classes",
      classes: chosen.labels.classes.map((digit) => (digit === 3 ? 1 : 0)),
    },
  };
}

async function readIdxDataset(
  folder: string,
  kinds: readonly string[],
): Promise<Dataset<ClassLabels>> {
  return {
    kinds,
    train: await readPart(folder, "train"),
    test: await readPart(folder, "t10k"),
  };
}

async function readPart(
  folder: string,
  part: "train" | "t10k",
): Promise<LabelledImages<ClassLabels>> {
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
      `${labelsFile}, byte ${8 + wrong}: label ${labels.values[wrong]} is not one of ten`,
    );
  return {
    images: imagesInMemory(images.values, [28, 28, 1]),
    labels: { type: "classes", classes: Uint16Array.from(labels.values) },
  };
}
