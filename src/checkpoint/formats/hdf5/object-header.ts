import type { H5Cursor } from "./cursor";
import type { H5File } from "./h5-file";
import { Unsupported } from "./unsupported";

/** Types of header messages that are read (format specification, IV.A.2). */
export const messageType = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  oldFill: 0x04,
  fill: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface Message {
  readonly type: number;
  /** At the beginning of its body; use it once. */
  readonly body: H5Cursor;
}

const SHARED = 2;
/** Far above any header: each block has at least one message. */
const MAX_BLOCKS = 10_000;
const MAX_MESSAGES = 1_000_000;

/**
 * Messages of an object header, of version 1 or 2, with its continuations.
 * @throws Unsupported where one of them is kept where it is not read
 * @param follow whether a datatype may be elsewhere: it is itself in an object header, where it may not again
 */
export async function readObjectHeader(
  file: H5File,
  address: number,
  follow = true,
): Promise<Message[]> {
  const signature = await file.structure(address, 4);
  const isNew = Buffer.from(signature).toString("latin1") === "OHDR";
  const messages: Message[] = [];
  const blocks = [isNew ? await newPrefix(file, address) : await oldPrefix(file, address)];
  for (const block of blocks) {
    const cursor = await file.cursor(block.start, block.length);
    if (isNew && block !== blocks[0]) cursor.expect("OCHK");
    const end = isNew ? 4 : 0;
    const head = isNew ? (block.ordered ? 6 : 4) : 8;
    // What is left behind the last message is a gap.
    while (cursor.left >= head + end) {
      const type = cursor.uint(isNew ? 1 : 2);
      const size = cursor.uint(2);
      const flags = cursor.uint(1);
      cursor.skip(head - (isNew ? 4 : 5));
      const body = cursor.part(size);
      if (type === messageType.continuation) {
        const start = body.address() ?? body.trouble("a continuation nowhere");
        blocks.push({ start, length: body.length(), ordered: block.ordered });
        if (blocks.length > MAX_BLOCKS) body.trouble("a header in too many blocks");
      } else if ((flags & SHARED) === 0) messages.push({ type, body });
      else if (follow) messages.push({ type, body: await unshared(file, type, body) });
      else body.trouble("a shared message within a shared one");
      if (messages.length > MAX_MESSAGES) cursor.trouble("a header of too many messages");
    }
  }
  return messages;
}

interface Block {
  readonly start: number;
  readonly length: number;
  /** Whether its messages carry their order of creation. */
  readonly ordered: boolean;
}

async function oldPrefix(file: H5File, address: number): Promise<Block> {
  const cursor = await file.cursor(address, 16);
  if (cursor.uint(1) !== 1) cursor.trouble("no object header");
  return { start: address + 16, length: cursor.skip(7).uint(4), ordered: false };
}

async function newPrefix(file: H5File, address: number): Promise<Block> {
  const cursor = await file.cursor(address, 6);
  const flags = cursor.skip(5).uint(1);
  const before = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const width = 1 << (flags & 3);
  const length = (await file.cursor(address + before, width)).uint(width);
  // The block and its checksum.
  return { start: address + before + width, length: length + 4, ordered: (flags & 4) !== 0 };
}

/** A datatype may stand once for many datasets, in an object header of its own. */
async function unshared(file: H5File, type: number, body: H5Cursor): Promise<H5Cursor> {
  const version = body.uint(1);
  const kind = body.uint(1);
  if (version === 1) body.skip(6);
  if (type !== messageType.datatype || (version === 3 && kind !== 2))
    throw new Unsupported("has a part in the file's table of shared messages");
  const address = body.address();
  if (address === null) return body.trouble("a shared datatype nowhere");
  const messages = await readObjectHeader(file, address, false);
  const found = messages.find((message) => message.type === messageType.datatype);
  return found ? found.body : body.trouble("a shared datatype that is none");
}
