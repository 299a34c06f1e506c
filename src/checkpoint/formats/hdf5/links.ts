import { recordType } from "./b-tree";
import type { H5Cursor } from "./cursor";
import { denseObjects } from "./dense-storage";
import type { H5File } from "./h5-file";
import { messageType, type Message } from "./object-header";

/** A member of a group. */
export interface Link {
  readonly name: string;
  /** Of its object header; null for a link by name. */
  readonly address: number | null;
  /** Of a link by name: what it is. */
  readonly kind?: string;
}

const MAX_LINKS = 1_000_000;
const MAX_LEVELS = 32;
/** Type of a link message that leads into another file. */
const EXTERNAL = 64;

/** Members of a group, of either kind: a symbol table, or links in messages and in dense storage. */
export async function readLinks(file: H5File, messages: readonly Message[]): Promise<Link[]> {
  const links: Link[] = [];
  for (const { type, body } of messages) {
    if (type === messageType.link) links.push(readLink(body));
    if (type === messageType.symbolTable) await symbolTable(file, body, links);
    if (type === messageType.linkInfo) {
      const flags = body.skip(1).uint(1);
      if (flags & 1) body.skip(8);
      for await (const object of denseObjects(
        file,
        body.address(),
        body.address(),
        recordType.linkByName,
      ))
        links.push(readLink(object));
    }
    if (links.length > MAX_LINKS) file.fail(`a group of more than ${MAX_LINKS} members`);
  }
  return links;
}

/** A link message (format specification, IV.A.2.g). */
function readLink(cursor: H5Cursor): Link {
  const flags = cursor.skip(1).uint(1);
  const type = flags & 8 ? cursor.uint(1) : 0;
  if (flags & 4) cursor.skip(8);
  if (flags & 16) cursor.skip(1);
  const length = cursor.uint(1 << (flags & 3));
  const name = new TextDecoder().decode(cursor.take(length));
  if (type === 0) return { name, address: cursor.address() };
  return { name, address: null, kind: type === EXTERNAL ? "into another file" : "by name" };
}

/** A tree of symbol table nodes, whose names lie in a heap (format specification, III.A.1, III.B and III.D). */
async function symbolTable(file: H5File, body: H5Cursor, links: Link[]): Promise<void> {
  const [tree, heap] = [body.address(), body.address()];
  if (tree === null || heap === null) return body.trouble("a group without its tree or heap");
  const width = file.offsetBytes;
  const head = (await file.cursor(heap, 8 + 2 * file.lengthBytes + width)).expect("HEAP").skip(4);
  const heapSize = head.length();
  head.length();
  const heapAt = head.address();
  if (heapAt === null) return body.trouble("a heap without data");
  const names = await file.structure(heapAt, heapSize);
  await node(tree, MAX_LEVELS);

  async function node(address: number, above: number): Promise<void> {
    const start = await file.cursor(address, 8 + 2 * width);
    const [type, level, used] = [start.expect("TREE").uint(1), start.uint(1), start.uint(2)];
    if (type !== 0 || level >= above) start.trouble("a group's tree that is none");
    const key = file.lengthBytes;
    const entries = await file.cursor(address + 8 + 2 * width, used * (key + width) + key);
    for (let i = 0; i < used; i++) {
      const child = entries.skip(key).address();
      if (child === null) entries.trouble("a group's tree with a missing branch");
      else if (level > 0) await node(child, level);
      else await leaf(child);
    }
  }

  async function leaf(address: number): Promise<void> {
    const count = (await file.cursor(address, 8)).expect("SNOD").skip(2).uint(2);
    const entries = await file.cursor(address + 8, count * (2 * width + 24));
    for (let i = 0; i < count; i++) {
      const nameAt = entries.address() ?? heapSize;
      const target = entries.address();
      const cache = entries.uint(4);
      entries.skip(20);
      const end = names.indexOf(0, nameAt);
      if (nameAt >= heapSize || end < 0) entries.trouble("a member's name outside the heap");
      const name = new TextDecoder().decode(names.subarray(nameAt, end));
      links.push(
        cache === 2 ? { name, address: null, kind: "by name" } : { name, address: target },
      );
    }
    if (links.length > MAX_LINKS) entries.trouble(`a group of more than ${MAX_LINKS} members`);
  }
}
