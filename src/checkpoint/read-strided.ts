import type { ByteSource } from "./byte-source";

/** Bytes of the file read at a time, and elements gathered at a time. */
const WINDOW = 1 << 24;
const GATHERED = 1 << 19;

/**
 * Gathers elements `start` to `start + count` in row-major order, which lie apart. Reads each part of the file that
 * the range needs once for every half a million elements, by windows: memory stays small, and large transposed
 * tensors cost several readings.
 * @param into `count` elements of `width` bytes
 */
export async function readStrided(
  source: ByteSource,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
  width: number,
  start: number,
  into: Uint8Array,
): Promise<void> {
  const count = into.length / width;
  for (let done = 0; done < count; done += GATHERED) {
    const length = Math.min(GATHERED, count - done);
    const places = elementPlaces(shape, strides, start + done, length);
    await gather(source, offset, places, width, into.subarray(done * width));
  }
}

/** Of each element from `start` on in row-major order, how many elements from the first it lies. */
function elementPlaces(
  shape: readonly number[],
  strides: readonly number[],
  start: number,
  count: number,
): Float64Array {
  const index = shape.map(() => 0);
  let rest = start;
  let place = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
    place += index[axis] * strides[axis];
  }
  const places = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    places[i] = place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) break;
      place -= index[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return places;
}

async function gather(
  source: ByteSource,
  offset: number,
  places: Float64Array,
  width: number,
  into: Uint8Array,
): Promise<void> {
  let next = places.reduce((least, place) => Math.min(least, place), Infinity);
  const behind = places.reduce((most, place) => Math.max(most, place), 0) + 1;
  const elements = Math.floor(WINDOW / width);
  while (next < Infinity) {
    const first = next;
    const last = Math.min(first + elements, behind);
    const bytes = new Uint8Array((last - first) * width);
    await source.read(bytes, offset + first * width);
    next = Infinity;
    for (let i = 0; i < places.length; i++) {
      const place = places[i];
      if (place >= last) {
        if (place < next) next = place;
      } else if (place >= first) {
        const from = (place - first) * width;
        for (let b = 0; b < width; b++) into[i * width + b] = bytes[from + b];
      }
    }
  }
}
