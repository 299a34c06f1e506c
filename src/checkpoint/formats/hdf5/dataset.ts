import type { DType } from "../../dtype";
import { quoted } from "../../quoted";
import { elementCount } from "../../shape";
import { plainElements, type Elements } from "../elements";
import { chunkOrder } from "./chunk-grid";
import { chunkedElements } from "./chunked";
import { readDataspace, type Dataspace } from "./dataspace";
import { readDatatype } from "./datatype";
import { readFilters, unreadable, type Filter } from "./filters";
import type { H5File } from "./h5-file";
import { readLayout, type Layout } from "./layout";
import { messageType, type Message } from "./object-header";
import { Unsupported } from "./unsupported";

/** A dataset of numbers. */
export interface Dataset {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly elements: Elements;
}

/** Deflate cannot do better; a dataset larger than the file by more holds what was never written. */
const MAX_RATIO = 1032;
const UNWRITTEN = 1 << 26;
const MAX_CHUNK = 1 << 29;
const MAX_CHUNKS = 1 << 21;
/** Of an array of chunks, those that the dataset may yet grow to too. */
const MAX_ENTRIES = 1 << 25;

export function isDataset(messages: readonly Message[]): boolean {
  return messages.some(({ type }) => type === messageType.layout);
}

/**
 * Reads the description of a dataset.
 * @throws Unsupported where it is not of numbers, lies in other files or went through unknown filters
 * @throws CheckpointError where it is damaged
 */
export function readDataset(file: H5File, name: string, messages: readonly Message[]): Dataset {
  const body = (wanted: number) => messages.find(({ type }) => type === wanted)?.body;
  const fail = (reason: string): never => file.fail(`dataset ${quoted(name)} ${reason}`);
  const refuse = (reason: string): never => {
    throw new Unsupported(reason);
  };
  const [space, datatype, layoutBody] = [
    body(messageType.dataspace),
    body(messageType.datatype),
    body(messageType.layout),
  ];
  if (!space || !datatype || !layoutBody) return fail("lacks its shape, type or layout");
  const type = readDatatype(datatype);
  const dataspace = readDataspace(space);
  const { shape } = dataspace;
  if (type.kind === "text") throw new Unsupported("holds text");
  if (type.kind === "other")
    throw new Unsupported("has elements that are no numbers of a known type");
  if (shape === null) throw new Unsupported("has no elements");
  if (body(messageType.externalFiles)) refuse("lies in other files");
  const parameters = elementCount(shape);
  const bytes = parameters * type.size;
  if (!Number.isSafeInteger(bytes)) fail("has a shape that is too large");
  if (bytes > UNWRITTEN && bytes > file.size * MAX_RATIO)
    refuse("is larger than the file can hold");
  const filterBody = body(messageType.filters);
  const filters = filterBody ? readFilters(filterBody) : [];
  const stranger = unreadable(filters);
  if (stranger !== null) refuse(`is compressed by ${stranger}`);
  const fill = fillValue(messages, type.size);
  const elements = locate(
    file,
    { fail, refuse },
    readLayout(layoutBody),
    dataspace,
    filters,
    fill,
    bytes,
  );
  const { dtype, bigEndian, size } = type;
  return {
    dtype,
    shape,
    parameters,
    elements: bigEndian && size > 1 ? swapped(elements, size) : elements,
  };
}

function locate(
  file: H5File,
  { fail, refuse }: Readonly<Record<"fail" | "refuse", (reason: string) => never>>,
  layout: Layout,
  { shape, maximum }: Dataspace,
  filters: readonly Filter[],
  fill: Uint8Array,
  bytes: number,
): Elements {
  if (layout.kind === "compact") {
    if (layout.bytes.length < bytes) fail("has fewer bytes than its shape");
    return inMemory(layout.bytes);
  }
  if (layout.kind === "contiguous") {
    if (layout.address === null)
      return bytes > UNWRITTEN ? refuse("was never written") : filled(fill);
    if (layout.size < bytes) fail("has fewer bytes than its shape");
    return plainElements(file.source, file.place(layout.address, bytes));
  }
  const { chunk, index, plainEdges } = layout;
  if (chunk.length !== shape?.length || chunk.length === 0 || !chunk.every((n) => n > 0))
    return fail("has chunks of another number of axes");
  const along = (size: number, axis: number) => Math.ceil(size / chunk[axis]);
  const counts = shape.map(along);
  const mostCounts = shape.map((size, axis) => along(Math.max(size, maximum?.[axis] ?? 0), axis));
  const chunkBytes = elementCount(chunk) * fill.length;
  if (!(chunkBytes <= MAX_CHUNK)) refuse(`has chunks of more than ${MAX_CHUNK} bytes`);
  if (!(elementCount(counts) <= MAX_CHUNKS)) refuse(`has more than ${MAX_CHUNKS} chunks`);
  const grid = { shape, chunk, counts, mostCounts, bytes: chunkBytes };
  const isArray = ["implicit", "fixed array", "extensible array"].includes(index.kind);
  if (isArray && !(chunkOrder(grid).end <= MAX_ENTRIES))
    refuse("may grow to more chunks than are looked through");
  return chunkedElements({ file, grid, index, filters, plainEdges, width: fill.length, fill });
}

/** The value of elements that were never written (format specification, IV.A.2.f); zero where none is given. */
function fillValue(messages: readonly Message[], width: number): Uint8Array {
  const fill = new Uint8Array(width);
  const body = messages.find(({ type }) => type === messageType.fill)?.body;
  if (!body) return fill;
  const version = body.uint(1);
  const flags = version === 3 ? body.uint(1) : body.skip(2).uint(1);
  const defined = version === 3 ? (flags & 0x20) !== 0 : version === 1 || flags !== 0;
  if (defined && body.left >= 4 && body.uint(4) === width && body.left >= width)
    fill.set(body.take(width));
  return fill;
}

function inMemory(bytes: Uint8Array): Elements {
  return {
    raw: null,
    read: (offset, into) => {
      into.set(bytes.subarray(offset, offset + into.length));
      return Promise.resolve();
    },
  };
}

function filled(value: Uint8Array): Elements {
  return {
    raw: null,
    read: (_, into) => {
      for (let i = 0; i < into.length; i += value.length) into.set(value, i);
      return Promise.resolve();
    },
  };
}

/** Big-endian elements as little-endian ones. */
function swapped(elements: Elements, width: number): Elements {
  return {
    raw: null,
    async read(offset, into) {
      await elements.read(offset, into);
      const bytes = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
      if (width === 2) bytes.swap16();
      else if (width === 4) bytes.swap32();
      else bytes.swap64();
    },
  };
}
