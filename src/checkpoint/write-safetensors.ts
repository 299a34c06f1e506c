import { randomBytes } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";

/** A float32 tensor to write. */
export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major; as many as the shape says. */
  readonly values: Float32Array;
}

/**
 * Writes float32 tensors as a safetensors file. The bytes depend on nothing but the arguments: tensors stay in
 * the order given, metadata are sorted by key. Written aside in the same directory, flushed to the disk and
 * renamed, so that a reader sees the whole file or none.
 * @throws RangeError for a repeated or reserved name or a shape that does not match its values
 * @throws an fs error where the file cannot be written; nothing is left behind
 */
export async function writeSafetensors(
  file: string,
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const header = safetensorsHeader(tensors, metadata);
  const aside = path.join(
    path.dirname(file),
    `.${path.basename(file)}.${randomBytes(6).toString("hex")}.tmp`,
  );
  const handle = await open(aside, "wx");
  try {
    try {
      await writeAll(handle, header);
      for (const { values } of tensors)
        await writeAll(handle, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncDirectory(path.dirname(file));
}

/** Length, JSON and padding: data begin at a multiple of 8 bytes. */
function safetensorsHeader(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const members: string[] = [];
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0) {
    const pairs = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(metadata[key])}`);
    members.push(`"__metadata__":{${pairs.join(",")}}`);
  }
  const names = new Set(["__metadata__"]);
  let begin = 0;
  for (const { name, shape, values } of tensors) {
    if (names.has(name)) throw new RangeError(`writeSafetensors: name ${name} is taken`);
    names.add(name);
    const count = shape.reduce((product, size) => product * size, 1);
    if (count !== values.length || !shape.every((size) => Number.isSafeInteger(size) && size >= 0))
      throw new RangeError(
        `writeSafetensors: ${name} of shape [${shape.join(", ")}] has ${values.length} values`,
      );
    const end = begin + values.byteLength;
    members.push(
      `${JSON.stringify(name)}:{"dtype":"F32","shape":[${shape.join(",")}],"data_offsets":[${begin},${end}]}`,
    );
    begin = end;
  }
  const json = Buffer.from(`{${members.join(",")}}`, "utf8");
  const padded = Math.ceil(json.length / 8) * 8;
  const header = Buffer.alloc(8 + padded, " ");
  header.writeBigUInt64LE(BigInt(padded), 0);
  header.set(json, 8);
  return header;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(bytes.length - done, 1 << 30);
    done += (await handle.write(bytes, done, length)).bytesWritten;
  }
}

/** Makes the rename last through a power cut, where the system lets a directory be opened (Windows does not). */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r").catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
