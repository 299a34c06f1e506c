import type { RandomStream } from "../random/stream";

/** Words taken from the stream at a time. */
const WORDS = 4096;

/**
 * Fills `values` with standard normal deviates by Box and Muller's method (1958), cosine and sine half of each pair:
 * radius √(-2 ln u), angle 2πv, with u = (w + 1/2) / 2^32 of one word and v = w / 2^32 of the next. So a deviate is at
 * most 6.8.
 */
export function fillNormals(stream: RandomStream, values: Float64Array): Float64Array {
  const words = new Uint32Array(WORDS);
  for (let start = 0; start < values.length; start += WORDS) {
    const count = Math.min(WORDS, values.length - start);
    stream.fill(words.subarray(0, count + (count % 2)));
    for (let i = 0; i < count; i += 2) {
      const radius = Math.sqrt(-2 * Math.log((words[i] + 0.5) / 4294967296));
      const angle = (2 * Math.PI * words[i + 1]) / 4294967296;
      values[start + i] = radius * Math.cos(angle);
      if (i + 1 < count) values[start + i + 1] = radius * Math.sin(angle);
    }
  }
  return values;
}
