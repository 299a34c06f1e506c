import { RandomStream } from "../random/stream";

const most = 8;
const made = new Map<string, Float64Array>();

/** Independent normal numbers [rows, n], the same each time; not to be written to, as the last few are kept. */
export function randomRows(rows: number, n: number): Float64Array {
  const key = `${rows}x${n}`;
  let values = made.get(key);
  if (!values) {
    const stream = new RandomStream("spectrum", rows, n);
    values = Float64Array.from({ length: rows * n }, () => stream.normal());
    if (made.size >= most) made.clear();
    made.set(key, values);
  }
  return values;
}
