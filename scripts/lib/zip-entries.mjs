// The names in a zip archive, from its central directory (APPNOTE.TXT, 4.3.12 and 4.3.16).
import { readFile } from "node:fs/promises";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/**
 * @param {string} file below 4 GiB and with fewer than 65,535 entries: a VSIX is
 * @returns {Promise<string[]>}
 */
export async function zipEntries(file) {
  const bytes = await readFile(file);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end--;
  if (end < 0) throw new Error(`${file} is not a zip archive.`);
  const names = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error(`${file} is damaged.`);
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    names.push(bytes.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}
