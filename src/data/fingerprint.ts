import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** SHA-256 over the bytes of some files, one after the other. */
export async function hashFiles(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files)
    for await (const chunk of createReadStream(path.join(folder, file), { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/**
 * SHA-256 over names and bytes of many files: of `name NUL sha256(bytes) newline` for each. What a file's hash was is
 * kept in `memory` by name, size and time of change, so that thousands of photographs are read once.
 * @param memory folder for what is remembered
 */
export async function hashTree(
  folder: string,
  files: readonly string[],
  memory: string,
): Promise<string> {
  const stamps: string[] = [];
  for (const file of files) {
    const { size, mtimeMs } = await stat(path.join(folder, file));
    stamps.push(`${file}\0${size}\0${mtimeMs}\n`);
  }
  const listing = createHash("sha256").update(path.resolve(folder)).update("\n");
  for (const stamp of stamps) listing.update(stamp);
  const remembered = path.join(memory, listing.digest("hex"));
  const known = await readFile(remembered, "utf8").catch(() => "");
  if (/^[0-9a-f]{64}$/.test(known)) return known;
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0${await hashFiles(folder, [file])}\n`);
  const digest = hash.digest("hex");
  await remember(remembered, digest);
  return digest;
}

/** Best effort: without it the next call reads the files again. */
async function remember(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const aside = `${file}.${process.pid}`;
    await writeFile(aside, text);
    await rename(aside, file);
  } catch {
    return;
  }
}
