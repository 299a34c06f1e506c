import { open } from "node:fs/promises";

/** The last bytes of a command's output, as text; empty where there is none. */
export async function outputEnd(file: string, mostBytes: number): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.min(size, mostBytes));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString("utf8", 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}

const messageBytes = 2000;
const messageLines = 5;

/** The last lines of a command's output, for a message; empty where there is none. */
export async function lastLines(file: string): Promise<string> {
  const text = (await outputEnd(file, messageBytes)).trim();
  return text.split(/\r?\n/).slice(-messageLines).join("\n").trim();
}
