import type { Stats } from "node:fs";

/** What tells a file's content from any other: written again, or another under its name, it has another. */
export function fileIdentity({ dev, ino, size, mtimeMs }: Stats): string {
  return `${dev}/${ino}/${size}/${mtimeMs}`;
}
