import type { H5Cursor } from "./cursor";
import { readDataspace } from "./dataspace";
import { readDatatype } from "./datatype";
import { recordType } from "./b-tree";
import { denseObjects } from "./dense-storage";
import type { H5File } from "./h5-file";
import { messageType, readObjectHeader, type Message } from "./object-header";
import { elementCount } from "../../shape";

/** Text of attributes, by name: one for a scalar, a list for an array. Other attributes are left out. */
export type TextAttributes = ReadonlyMap<string, readonly string[]>;

const MAX_TEXTS = 1_000_000;
const MAX_TEXT = 1 << 26;

/** Reads the text attributes of an object. */
export async function readTextAttributes(
  file: H5File,
  messages: readonly Message[],
): Promise<TextAttributes> {
  const attributes = new Map<string, readonly string[]>();
  for (const { type, body } of messages) {
    if (type === messageType.attribute) await readAttribute(file, body, attributes);
    if (type === messageType.attributeInfo) {
      const flags = body.skip(1).uint(1);
      if (flags & 1) body.skip(2);
      for await (const object of denseObjects(
        file,
        body.address(),
        body.address(),
        recordType.attributeByName,
      ))
        await readAttribute(file, object, attributes);
    }
  }
  return attributes;
}

/** An attribute message (format specification, IV.A.2.m). */
async function readAttribute(
  file: H5File,
  cursor: H5Cursor,
  attributes: Map<string, readonly string[]>,
): Promise<void> {
  const version = cursor.uint(1);
  const flags = cursor.uint(1);
  const sizes = [cursor.uint(2), cursor.uint(2), cursor.uint(2)];
  if (version === 3) cursor.skip(1);
  const padded = (size: number) => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const name = decode(cursor.take(padded(sizes[0])).subarray(0, sizes[0]));
  let typeCursor = cursor.part(padded(sizes[1]));
  if (version > 1 && flags & 1) typeCursor = await committed(file, typeCursor);
  const type = readDatatype(typeCursor);
  const { shape } = readDataspace(cursor.part(padded(sizes[2])));
  if (type.kind !== "text" || shape === null) return;
  const count = elementCount(shape);
  if (!(count <= MAX_TEXTS)) cursor.trouble("an attribute of too many texts");
  const texts: string[] = [];
  for (let i = 0; i < count; i++)
    texts.push(type.variable ? await heapText(file, cursor) : decode(cursor.take(type.size)));
  attributes.set(name, texts);
}

async function committed(file: H5File, shared: H5Cursor): Promise<H5Cursor> {
  const version = shared.uint(1);
  shared.skip(version === 1 ? 7 : 1);
  const address = shared.address();
  if (address === null) return shared.trouble("a shared datatype nowhere");
  const messages = await readObjectHeader(file, address, false);
  const found = messages.find(({ type }) => type === messageType.datatype);
  return found ? found.body : shared.trouble("a shared datatype that is none");
}

/** Text of variable length: its length, and place in a global heap (format specification, III.E). */
async function heapText(file: H5File, cursor: H5Cursor): Promise<string> {
  const length = cursor.uint(4);
  const address = cursor.address();
  const wanted = cursor.uint(4);
  if (length === 0 || address === null || address === 0) return "";
  if (length > MAX_TEXT) cursor.trouble("an attribute of a too long text");
  const prefix = 8 + file.lengthBytes;
  const head = (await file.cursor(address, prefix)).expect("GCOL").skip(4);
  const size = head.length();
  file.place(address, size);
  for (let at = prefix; at + prefix <= size;) {
    const object = await file.cursor(address + at, prefix);
    const index = object.uint(2);
    const bytes = object.skip(6).length();
    if (index === wanted && bytes >= length)
      return decode(await file.structure(address + at + prefix, length));
    if (index === 0) break;
    at += prefix + Math.ceil(bytes / 8) * 8;
  }
  return cursor.trouble("text that is not in its heap");
}

/** Text is padded with zero bytes or spaces at its end. */
function decode(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trimEnd();
}
