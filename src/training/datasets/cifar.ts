import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { imagesInMemory, type ClassLabels, type Dataset, type LabelledImages } from "./dataset";
import { readPickledBatch } from "./cifar-pickle";

const side = 32;
const pixels = side * side;
const record = 1 + 3 * pixels;

/** Images of a batch: a label each, and `count` times 1024 red, 1024 green and 1024 blue bytes, row by row. */
export interface CifarBatch {
  readonly labels: Uint8Array;
  readonly planes: Uint8Array;
}

const kinds = [
  ...["airplane", "automobile", "bird", "cat", "deer"],
  ...["dog", "frog", "horse", "ship", "truck"],
];

/** CIFAR-10 (Krizhevsky 2009) from its binary or its Python archive: 50,000 training and 10,000 test images. */
export async function readCifar10(folder: string): Promise<Dataset<ClassLabels>> {
  const binary = path.join(folder, "cifar-10-batches-bin");
  const isBinary = await access(path.join(binary, "test_batch.bin")).then(
    () => true,
    () => false,
  );
  const read = (name: string) =>
    isBinary
      ? readBinaryBatch(path.join(binary, `${name}.bin`))
      : readPickledBatch(path.join(folder, "cifar-10-batches-py", name), 3 * pixels);
  const train: CifarBatch[] = [];
  for (const number of [1, 2, 3, 4, 5]) train.push(await read(`data_batch_${number}`));
  return { kinds, train: joined(train), test: joined([await read("test_batch")]) };
}

/** Records of a label byte and 3072 bytes of an image, as the page of CIFAR-10 describes them. */
async function readBinaryBatch(file: string): Promise<CifarBatch> {
  const bytes = await readFile(file);
  const count = Math.floor(bytes.length / record);
  if (count === 0 || bytes.length % record !== 0)
    throw new Error(
      `${file}, byte ${count * record}: ${bytes.length % record} bytes are no record of ${record}`,
    );
  const labels = Uint8Array.from({ length: count }, (_, i) => bytes[i * record]);
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new Error(`${file}, byte ${wrong * record}: label ${labels[wrong]} is not one of ten`);
  const planes = new Uint8Array(count * 3 * pixels);
  for (let i = 0; i < count; i++)
    planes.set(bytes.subarray(i * record + 1, (i + 1) * record), i * 3 * pixels);
  return { labels, planes };
}

/** All batches with channels last. */
function joined(batches: readonly CifarBatch[]): LabelledImages<ClassLabels> {
  const count = batches.reduce((sum, { labels }) => sum + labels.length, 0);
  const values = new Uint8Array(count * 3 * pixels);
  const classes = new Uint16Array(count);
  let image = 0;
  for (const { labels, planes } of batches) {
    classes.set(labels, image);
    for (let i = 0; i < labels.length; i++, image++)
      for (let channel = 0; channel < 3; channel++)
        for (let pixel = 0; pixel < pixels; pixel++)
          values[(image * pixels + pixel) * 3 + channel] =
            planes[(i * 3 + channel) * pixels + pixel];
  }
  return {
    images: imagesInMemory(values, [side, side, 3]),
    labels: { type: "classes", classes },
  };
}
