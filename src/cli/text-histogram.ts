import type { Histogram } from "../protocol/states";

const rows = 10;
const widest = 40;

/** A histogram as ten rows of bars, each with where it begins and ends and its count. */
export function textHistogram({ from, to, counts }: Histogram): string {
  const width = (to - from) / rows;
  const sums = Array.from({ length: rows }, (_, row) =>
    counts
      .filter((_count, bin) => Math.floor((bin * rows) / counts.length) === row)
      .reduce((sum, count) => sum + count, 0),
  );
  const most = Math.max(1, ...sums);
  return sums
    .map((sum, row) => {
      const ends = [from + row * width, from + (row + 1) * width];
      const [low, high] = ends.map((end) => end.toFixed(3).padStart(6));
      return `  ${low} to ${high}  ${"#".repeat(Math.round((widest * sum) / most))} ${sum}`;
    })
    .join("\n");
}
