import { findDataset } from "../../catalogue/datasets";
import { readCifar10 } from "./cifar";
import type { Dataset, Images, ImageShape } from "./dataset";
import { DecodedCache, type CacheLimits } from "./decoded-cache";
import { generateImages } from "./generated";
import { generateShapes } from "./generated-shapes";
import { readImageFolder } from "./image-folder";
import { imagesOfFiles, reshapedImages, type ImageFiles } from "./image-files";
import { readFashionMnist, readMnist, readMnist36 } from "./mnist";
import { readVoc } from "./voc";
import { vocKinds } from "./voc-annotation";

/** Where a dataset lies, and what its images are brought to. */
export interface DatasetRequest {
  readonly id: string;
  /** Folder of its files; not used where the data are generated. */
  readonly folder: string;
  /** What identifies its bytes. */
  readonly sha256: string;
  /** The model's input. */
  readonly shape: ImageShape;
  /** Where decoded images are kept; null for nowhere. */
  readonly cache: CacheLimits | null;
}

/**
 * Reads a dataset of the catalogue. Images come in the model's shape: those of another are stretched.
 * @throws Error on an unknown name, and with file and offset on files that are not what they should be.
 */
export async function readDataset(request: DatasetRequest): Promise<Dataset> {
  const { id, folder, shape } = request;
  switch (id) {
    case "mnist":
      return reshaped(await readMnist(folder), request);
    case "mnist-3-6":
      return reshaped(await readMnist36(folder), request);
    case "fashion-mnist":
      return reshaped(await readFashionMnist(folder), request);
    case "cifar-10":
      return reshaped(await readCifar10(folder), request);
    case "generated-32x32x3":
      return reshaped(generateImages(), request);
    case "generated-shapes":
      return generateShapes(shape);
    case "tf-flowers":
    case "image-folder":
      return decoded(await readImageFolder(folder), request);
    case "voc-2007":
    case "voc-2012":
      return decoded(await readVoc(folder, id === "voc-2007" ? "2007" : "2012", vocKinds), request);
    default:
      throw new RangeError(
        findDataset(id) ? `The dataset ${id} has no reader.` : `There is no dataset ${id}.`,
      );
  }
}

/** A dataset of files that are yet to be decoded. */
type FileDataset = Omit<Dataset, "train" | "test"> & {
  readonly [part in "train" | "test"]: {
    readonly files: ImageFiles;
    readonly labels: Dataset["train"]["labels"];
  };
};

async function decoded(dataset: FileDataset, request: DatasetRequest): Promise<Dataset> {
  const part = async (name: "train" | "test") => {
    const { files, labels } = dataset[name];
    const cache = await cacheOf(request, name, files.length);
    return { images: imagesOfFiles(files, request.shape, cache), labels };
  };
  return { kinds: dataset.kinds, train: await part("train"), test: await part("test") };
}

async function reshaped(dataset: Dataset, request: DatasetRequest): Promise<Dataset> {
  const part = async (name: "train" | "test") => {
    const { images, labels } = dataset[name];
    return { images: await inShape(images, request, name), labels };
  };
  return { kinds: dataset.kinds, train: await part("train"), test: await part("test") };
}

async function inShape(images: Images, request: DatasetRequest, part: string): Promise<Images> {
  if (images.shape.join() === request.shape.join()) return images;
  return reshapedImages(images, request.shape, await cacheOf(request, part, images.count));
}

async function cacheOf(
  { id, sha256, shape, cache }: DatasetRequest,
  part: string,
  count: number,
): Promise<DecodedCache | null> {
  if (!cache) return null;
  const key = [id, sha256.replaceAll(/\W/g, "-").slice(0, 32), part, shape.join("x")].join("-");
  return DecodedCache.open(cache, key, count, shape[0] * shape[1] * shape[2]);
}
