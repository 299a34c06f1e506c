import { readFile } from "node:fs/promises";
import { pickledArray } from "../../checkpoint/numpy/pickled";
import { ParseError } from "../../checkpoint/parse-error";
import { unpickle } from "../../checkpoint/pickle/unpickle";
import {
  PickleDict,
  PickleList,
  PickleObject,
  type PickleValue,
} from "../../checkpoint/pickle/values";
import type { CifarBatch } from "./cifar";

/**
 * A batch of CIFAR-10's Python archive: a pickled dictionary with `data`, a NumPy array uint8 [count, 3072], and
 * `labels`, a list. Read as data; nothing in it is executed.
 * @throws Error with the file's name and what is wrong
 */
export async function readPickledBatch(file: string, imageBytes: number): Promise<CifarBatch> {
  const batch = read(file, await readFile(file));
  const data = field(batch, "data");
  const array = data instanceof PickleObject ? pickledArray(data) : null;
  const [count = 0, width = 0] = array?.shape ?? [];
  if (array?.dtype !== "U8" || width !== imageBytes || array.shape.length !== 2)
    throw new Error(`${file}: "data" is not an array of bytes with ${imageBytes} columns`);
  if (array.columnMajor || array.bytes.length !== count * imageBytes)
    throw new Error(
      `${file}: "data" has ${array.bytes.length} bytes, not rows of ${imageBytes} for ${count} images`,
    );
  const list = field(batch, "labels");
  const labels = list instanceof PickleList ? list.items : [];
  if (labels.length !== count || !labels.every(isLabel))
    throw new Error(`${file}: "labels" is not a list of ${count} numbers from 0 to 9`);
  return { labels: Uint8Array.from(labels), planes: array.bytes };
}

function read(file: string, bytes: Uint8Array): PickleDict {
  try {
    const { value } = unpickle(bytes);
    if (value instanceof PickleDict) return value;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new Error(`${file}, byte ${error.offset}: ${error.reason}`, { cause: error });
  }
  throw new Error(`${file}: the pickle holds no dictionary`);
}

/** A key of Python 2's, text here, or of Python 3's, bytes. */
function field(batch: PickleDict, name: string): PickleValue | undefined {
  for (const [key, value] of batch.entries)
    if (key === name || (key instanceof Uint8Array && Buffer.from(key).toString("latin1") === name))
      return value;
  return undefined;
}

function isLabel(value: PickleValue): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 9;
}
