import path from "node:path";
import { imageExtensions } from "../../catalogue/datasets";
import { listFiles } from "../../data/list-files";
import { RandomStream } from "../../random/stream";
import type { ClassLabels, LabelledImages } from "./dataset";
import type { ImageFiles } from "./image-files";

/** Files of images that are yet to be decoded. */
export interface FolderDataset {
  readonly kinds: readonly string[];
  readonly train: FolderPart;
  readonly test: FolderPart;
}

export interface FolderPart {
  readonly files: ImageFiles;
  readonly labels: LabelledImages<ClassLabels>["labels"];
}

/** Every fifth image of each kind is tested on where a folder does not say which. */
const testShare = 5;

/**
 * A folder of images with one folder for each label kind: directly (then every fifth of each kind, after a shuffle by
 * the stream `image-folder/<kind>` of its files in the order of their names, is for tests), or in `train` and `test`.
 * Training images are put in one order over all kinds by the stream `image-folder`, so that the first N are a sample
 * of all. TF Flowers is such a folder.
 * @throws Error on a folder without images or with fewer than two kinds
 */
export async function readImageFolder(folder: string): Promise<FolderDataset> {
  const files = await listFiles(folder, imageExtensions);
  const split = ["train", "test"].every((part) =>
    files.some((file) => file.startsWith(`${part}/`)),
  );
  const depth = split ? 1 : 0;
  const kindOf = (file: string) => file.split("/")[depth];
  const labelled = files.filter((file) => file.split("/").length > depth + 1);
  const kinds = [...new Set(labelled.map(kindOf))].sort();
  if (kinds.length < 2)
    throw new Error(
      `${folder}: a folder of images has two folders or more, one for each label kind, with .jpg or .png files in them`,
    );
  const train: string[] = [];
  const test: string[] = [];
  for (const kind of kinds) {
    const own = labelled.filter((file) => kindOf(file) === kind);
    if (split) {
      train.push(...own.filter((file) => file.startsWith("train/")));
      test.push(...own.filter((file) => file.startsWith("test/")));
    } else {
      const order = permutation(own.length, "image-folder", kind);
      const forTests = new Set(order.filter((_, i) => i % testShare === testShare - 1));
      train.push(...own.filter((_, i) => !forTests.has(i)));
      test.push(...own.filter((_, i) => forTests.has(i)));
    }
  }
  const part = (names: readonly string[]): FolderPart => ({
    files: names.map((name) => path.join(folder, name)),
    labels: {
      type: "classes",
      classes: Uint16Array.from(names, (name) => kinds.indexOf(kindOf(name))),
    },
  });
  const mixed = permutation(train.length, "image-folder").map((i) => train[i]);
  return { kinds, train: part(mixed), test: part(test) };
}

function permutation(count: number, ...stream: string[]): number[] {
  return new RandomStream(...stream).shuffle(Array.from({ length: count }, (_, i) => i));
}
