import { randomBytes } from "node:crypto";
import { copyFile, cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { DatasetArchive } from "../catalogue/dataset-archives";
import type { DatasetEntry } from "../catalogue/datasets";
import { layoutIn } from "./dataset-folder";
import { checksumMessage, downloadFile, hashOf } from "./download-file";
import { unpackArchive } from "./unpack";

export interface FetchOptions {
  /** Data directory that the dataset's folder goes to. */
  readonly to: string;
  /**
   * In place of the published addresses: an address (one that ends in "/" has the archives' names put behind it), an
   * archive, or a folder that holds the archives or the unpacked dataset.
   */
  readonly from?: string;
  /** Take archives that differ from the published ones. */
  readonly unchecked?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly retryMs?: number;
}

export interface FetchProgress {
  readonly phase: "download" | "unpack";
  readonly file: string;
  /** Bytes of the file. */
  readonly done: number;
  readonly total: number | null;
}

/**
 * Brings a dataset to this machine: downloads or takes its archives, checks them, unpacks them aside and renames the
 * whole into its place. A call that was cut off goes on where it stopped.
 * @returns the dataset's folder
 * @throws Error with the file or address and what is wrong; the signal's reason where it is aborted
 */
export async function fetchDataset(entry: DatasetEntry, options: FetchOptions): Promise<string> {
  const { to, from, signal } = options;
  if (entry.archives.length === 0) throw new Error(`${entry.title} is not downloaded.`);
  const target = path.join(path.resolve(to), entry.folder);
  const downloads = path.join(path.resolve(to), ".downloads", entry.folder);
  const aside = `${target}.${process.pid}-${randomBytes(4).toString("hex")}.unpack`;
  if (await exists(target))
    throw new Error(`${target} is there already. Move it away to bring ${entry.title} there.`);
  await mkdir(path.resolve(to), { recursive: true });
  try {
    const unpacked = from === undefined || isAddress(from) ? null : await layoutIn(from, entry);
    if (unpacked && from !== undefined)
      await cp(from, aside, { recursive: true, dereference: true });
    else
      for (const archive of entry.archives) {
        const file = await archiveFile(entry, archive, downloads, options);
        const { size } = await stat(file);
        await unpackArchive(file, aside, {
          unpack: archive.unpack,
          ...(signal && { signal }),
          onProgress: (done) =>
            options.onProgress?.({ phase: "unpack", file: archive.file, done, total: size }),
        });
      }
    if (!(await layoutIn(aside, entry)))
      throw new Error(
        `What was unpacked is not ${entry.title}: it holds ${(await readdir(aside)).slice(0, 5).join(", ")}.`,
      );
    signal?.throwIfAborted();
    await rename(aside, target);
    await rm(downloads, { recursive: true, force: true });
    return target;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** An archive on this disk, checked: downloaded, or the user's own. */
async function archiveFile(
  { archives, title }: DatasetEntry,
  archive: DatasetArchive,
  downloads: string,
  { from, unchecked = false, signal, onProgress, retryMs }: FetchOptions,
): Promise<string> {
  if (from !== undefined && !isAddress(from)) {
    const folder = (await stat(from)).isDirectory();
    if (!folder && archives.length > 1)
      throw new Error(`${title} has ${archives.length} archives: name the folder that holds them.`);
    const file = folder ? path.join(from, archive.file) : from;
    if (unchecked) return named(file, archive, downloads);
    const found = await hashOf(file, archive.checksum.algorithm);
    if (found !== archive.checksum.hex)
      throw new Error(
        `${file}: ${checksumMessage(archive.checksum, found)}. --unchecked takes it all the same.`,
      );
    return named(file, archive, downloads);
  }
  const target = path.join(downloads, archive.file);
  if (!(await exists(target)))
    await downloadFile({
      urls: from === undefined ? archive.urls : [addressOf(from, archive, archives.length)],
      target,
      checksum: unchecked ? null : archive.checksum,
      ...(signal && { signal }),
      ...(retryMs !== undefined && { retryMs }),
      onProgress: (done, total) =>
        onProgress?.({
          phase: "download",
          file: archive.file,
          done,
          total: total ?? archive.bytes,
        }),
    });
  return target;
}

/** A gzip file unpacks to its own name: one that is called otherwise is copied. */
async function named(file: string, archive: DatasetArchive, downloads: string): Promise<string> {
  if (archive.unpack !== "gzip" || path.basename(file) === archive.file) return file;
  await mkdir(downloads, { recursive: true });
  await copyFile(file, path.join(downloads, archive.file));
  return path.join(downloads, archive.file);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function isAddress(from: string): boolean {
  return /^https?:\/\//i.test(from);
}

function addressOf(from: string, { file }: DatasetArchive, archives: number): string {
  if (from.endsWith("/")) return `${from}${file}`;
  if (archives > 1)
    throw new Error(
      `There are ${archives} archives: give an address that ends in "/" and holds them.`,
    );
  return from;
}
