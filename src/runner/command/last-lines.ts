import { open } from "node:fs/promises";

const mostBytes = 2000;
const mostLines = 5;

/** The last lines of a command's output, for a message; empty where there is none. */
export async function lastLines(file: string): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.min(size, mostBytes));
      await handle.read(bytes, 0, bytes.length, size - bytes.length);
      const lines = bytes.toString("utf8").trim().split(/\r?\n/).slice(-mostLines);
      return lines.join("\n").trim();
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}
