import { open, rename, rm } from "node:fs/promises";
import { randomBytes } from "node:crypto";

/** Writes a whole file aside, flushes it and renames it into place: a reader sees the old text or the new. */
export async function writeFileAtomic(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const handle = await open(aside, "w");
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
