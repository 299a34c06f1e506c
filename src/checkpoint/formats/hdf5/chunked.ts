import type { Elements } from "../elements";
import type { ChunkGrid, StoredChunk } from "./chunk-grid";
import { readChunkIndex } from "./chunk-index";
import { unfilter, type Filter } from "./filters";
import type { H5File } from "./h5-file";
import type { ChunkIndex } from "./layout";

/** Chunks of one dataset that are kept, so that small ranges in a row do not inflate each several times. */
const CACHE_BYTES = 1 << 25;

export interface ChunkedDataset {
  readonly file: H5File;
  readonly grid: ChunkGrid;
  readonly index: ChunkIndex;
  readonly filters: readonly Filter[];
  /** Whether chunks that reach over the dataset's edge were left without filters. */
  readonly plainEdges: boolean;
  /** Bytes of an element. */
  readonly width: number;
  /** An element of a chunk that was never written. */
  readonly fill: Uint8Array;
}

/** Elements of a dataset in chunks: each that a range touches is read, its filters undone, and copied from. */
export function chunkedElements(dataset: ChunkedDataset): Elements {
  const { file, grid, filters, plainEdges, width, fill } = dataset;
  const { shape, chunk, counts } = grid;
  const rank = shape.length;
  let chunks: Promise<ReadonlyMap<number, StoredChunk>> | null = null;
  const cache = new Map<number, Uint8Array>();
  // Inflating runs beside reading, as long as the chunks in work are small.
  const atOnce = Math.max(1, Math.min(8, Math.floor(CACHE_BYTES / 2 / grid.bytes)));
  return { raw: null, read };

  async function read(offset: number, into: Uint8Array): Promise<void> {
    chunks ??= readChunkIndex(file, dataset.index, grid, filters.length > 0);
    const stored = await chunks;
    const start = offset / width;
    const end = start + into.length / width;
    const [first, last] = [coordinates(start, shape), coordinates(end - 1, shape)];
    // Axes before the first that differs are fixed, all behind it are whole.
    const split = first.findIndex((value, axis) => value !== last[axis]);
    const low = first.map((value, axis) => (split >= 0 && axis > split ? 0 : value));
    const high = last.map((value, axis) => (split >= 0 && axis > split ? shape[axis] - 1 : value));
    const from = low.map((value, axis) => Math.floor(value / chunk[axis]));
    const to = high.map((value, axis) => Math.floor(value / chunk[axis]));
    let batch: number[][] = [];
    for (const place of box(from, to)) {
      batch.push([...place]);
      if (batch.length < atOnce) continue;
      await copyAll(batch);
      batch = [];
    }
    await copyAll(batch);

    async function copyAll(places: readonly number[][]): Promise<void> {
      const numbers = places.map((place) =>
        place.reduce((sum, value, axis) => sum * counts[axis] + value, 0),
      );
      const contents = await Promise.all(
        numbers.map((number, i) => {
          const plain = plainEdges && reachesOver(places[i]);
          return content(stored.get(number), number, plain ? [] : filters);
        }),
      );
      places.forEach((place, i) => {
        copy(place, contents[i], start, end, into);
      });
    }
  }

  function reachesOver(place: readonly number[]): boolean {
    return place.some((at, axis) => (at + 1) * chunk[axis] > shape[axis]);
  }

  async function content(
    chunk: StoredChunk | undefined,
    number: number,
    own: readonly Filter[],
  ): Promise<Uint8Array | null> {
    const known = cache.get(number);
    if (known || !chunk) return known ?? null;
    const { address, size, mask } = chunk;
    const place = file.place(address, size);
    const packed = new Uint8Array(size);
    await file.source.read(packed, place);
    const bytes = await unfilter(packed, own, mask, grid.bytes, (reason) =>
      file.fail(reason, address),
    );
    for (const oldest of cache.keys()) {
      if ((cache.size + 1) * grid.bytes <= CACHE_BYTES) break;
      cache.delete(oldest);
    }
    if (grid.bytes <= CACHE_BYTES) cache.set(number, bytes);
    return bytes;
  }

  /** Copies what of a chunk lies in elements `start` to `end`, by runs along the last axis. */
  function copy(
    place: readonly number[],
    bytes: Uint8Array | null,
    start: number,
    end: number,
    into: Uint8Array,
  ): void {
    const origin = place.map((value, axis) => value * chunk[axis]);
    const lengths = origin.map((value, axis) => Math.min(chunk[axis], shape[axis] - value));
    const last = rank - 1;
    const rows = lengths.slice(0, last).map((length) => length - 1);
    for (const row of box(
      rows.map(() => 0),
      rows,
    )) {
      let [within, global] = [0, 0];
      for (let axis = 0; axis < last; axis++) {
        within = within * chunk[axis] + row[axis];
        global = global * shape[axis] + origin[axis] + row[axis];
      }
      within *= chunk[last];
      global = global * shape[last] + origin[last];
      const a = Math.max(start, global);
      const b = Math.min(end, global + lengths[last]);
      if (a >= b) continue;
      const target = into.subarray((a - start) * width, (b - start) * width);
      const at = (within + a - global) * width;
      if (bytes) target.set(bytes.subarray(at, at + target.length));
      else for (let i = 0; i < target.length; i += width) target.set(fill, i);
    }
  }
}

function coordinates(element: number, shape: readonly number[]): number[] {
  const place = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = element % shape[axis];
    element = Math.floor(element / shape[axis]);
  }
  return place;
}

/** All places from one corner to the other, the last axis fastest; one array, changed in place. */
function* box(from: readonly number[], to: readonly number[]): Generator<readonly number[]> {
  const place = [...from];
  for (;;) {
    yield place;
    let axis = place.length - 1;
    while (axis >= 0 && place[axis] === to[axis]) {
      place[axis] = from[axis];
      axis--;
    }
    if (axis < 0) return;
    place[axis]++;
  }
}
