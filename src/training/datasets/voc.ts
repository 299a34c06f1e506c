import { readFile } from "node:fs/promises";
import path from "node:path";
import type { LabelledBox } from "../detection/boxes";
import type { BoxLabels } from "./dataset";
import type { ImageFiles } from "./image-files";
import { parseVocAnnotation } from "./voc-annotation";

/** Scenes whose images are yet to be decoded. */
export interface VocDataset {
  readonly kinds: readonly string[];
  readonly train: VocPart;
  readonly test: VocPart;
}

export interface VocPart {
  readonly files: ImageFiles;
  readonly labels: BoxLabels;
}

/** Image sets of a year: 2012's test annotations are not published, so val is tested on. */
const parts = {
  "2007": { train: "trainval", test: "test" },
  "2012": { train: "train", test: "val" },
} as const;

/**
 * Pascal VOC of a year from its unpacked archives: JPEGs, and an XML annotation each. 2007 is trained on trainval and
 * tested on test, 2012 on train and val.
 * @param folder that holds VOCdevkit
 * @param kinds names of objects, in the order of their indices
 * @throws Error with the file's name and what is wrong
 */
export async function readVoc(
  folder: string,
  year: "2007" | "2012",
  kinds: readonly string[],
): Promise<VocDataset> {
  const root = path.join(folder, "VOCdevkit", `VOC${year}`);
  return {
    kinds,
    train: await readPart(root, parts[year].train, kinds),
    test: await readPart(root, parts[year].test, kinds),
  };
}

async function readPart(root: string, set: string, kinds: readonly string[]): Promise<VocPart> {
  const list = path.join(root, "ImageSets/Main", `${set}.txt`);
  const names = (await readFile(list, "utf8")).split("\n").map((line) => line.trim());
  const files: string[] = [];
  const boxes: (readonly LabelledBox[])[] = [];
  for (const [line, name] of names.entries()) {
    if (name === "") continue;
    if (!/^[\w-]+$/.test(name))
      throw new Error(`${list}, line ${line + 1}: ${JSON.stringify(name)} is no image's name`);
    files.push(path.join(root, "JPEGImages", `${name}.jpg`));
    boxes.push(await readAnnotation(path.join(root, "Annotations", `${name}.xml`), kinds));
  }
  if (files.length === 0) throw new Error(`${list}: names no image`);
  return { files, labels: { type: "boxes", boxes } };
}

async function readAnnotation(
  file: string,
  kinds: readonly string[],
): Promise<readonly LabelledBox[]> {
  const xml = await readFile(file, "utf8");
  try {
    return parseVocAnnotation(xml, kinds);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
