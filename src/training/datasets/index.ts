import type { Dataset } from "./dataset";
import { generateImages } from "./generated";
import { readMnist, readMnist36 } from "./mnist";

/**
 * Reads a dataset of the catalogue.
 * @param folder Folder of its files; not used where the data are generated.
 * @throws Error on an unknown name, and with file and offset on files that are not what they should be.
 */
export async function readDataset(id: string, folder: string): Promise<Dataset> {
  switch (id) {
    case "mnist":
      return readMnist(folder);
    case "mnist-3-6":
      return readMnist36(folder);
    case "generated-32x32x3":
      return generateImages();
    default:
      throw new RangeError(`There is no dataset ${id}.`);
  }
}
