import { stat } from "node:fs/promises";
import path from "node:path";
import type { ByteSource, Folder } from "./byte-source";
import type { Checkpoint } from "./checkpoint";
import { DiskFolder, isPlainName } from "./disk-folder";
import { CheckpointError } from "./error";
import { formats } from "./formats";
import { RangeFile } from "./range-file";

const HEAD_BYTES = 1024;

/**
 * Opens a checkpoint, its format found by content: a file, a directory that holds one, or the name that the files of
 * one begin with. Runs nothing that a file holds.
 * @throws CheckpointError where it is of no known format or breaks the rules of its own
 */
export async function openCheckpoint(name: string): Promise<Checkpoint> {
  const stats = await stat(name).catch(() => null);
  if (stats?.isDirectory()) return openDirectory(new DiskFolder(name));
  const folder = new DiskFolder(path.dirname(name));
  const opened = stats === null ? null : await openKnown(new RangeFile(name), folder);
  if (opened) return opened;
  const others = await besides(folder, path.basename(name));
  if (others !== null) return openFile(folder.file(others), folder);
  if (stats === null) throw new CheckpointError(name, "no such file or directory");
  throw unknownFormat(name);
}

/**
 * Opens a file of a folder, its format found by content.
 * @throws CheckpointError
 */
export async function openFile(file: ByteSource, folder: Folder): Promise<Checkpoint> {
  const opened = await openKnown(file, folder);
  if (!opened) throw unknownFormat(file.path);
  return opened;
}

/**
 * Opens the checkpoint that a directory is or holds.
 * @throws CheckpointError
 */
export async function openDirectory(folder: Folder): Promise<Checkpoint> {
  const names = await folder.names();
  for (const format of formats) {
    const name = format.inDirectory?.(names) ?? null;
    if (name !== null) return openFile(folder.file(name), folder);
  }
  for (const format of formats) {
    const opening = format.openDirectory?.(folder, names) ?? null;
    if (opening) return opening;
  }
  throw new CheckpointError(folder.path, "a directory without a checkpoint of a known format");
}

/** Null, and the file closed, where it is of no known format. */
async function openKnown(file: ByteSource, folder: Folder): Promise<Checkpoint | null> {
  try {
    const head = new Uint8Array(Math.min(HEAD_BYTES, await file.size()));
    await file.read(head, 0);
    for (const format of formats)
      if (await format.recognises(head, file)) return await format.open(file, folder);
    await file.close();
    return null;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function besides(folder: Folder, name: string): Promise<string | null> {
  const candidates = formats.flatMap((format) => format.candidates?.(name) ?? []);
  const existing = candidates.length > 0 ? await folder.names().catch(() => []) : [];
  return candidates.find((other) => isPlainName(other) && existing.includes(other)) ?? null;
}

function unknownFormat(name: string): CheckpointError {
  return new CheckpointError(name, "not a checkpoint of a known format", 0);
}
