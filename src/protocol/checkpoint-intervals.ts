/** Equal intervals that "auto" divides a run into. */
const most = 20;
const fewest = 5;
/** Fewer, where a run's checkpoints would take more. */
const mostBytes = 2 ** 30;

/** Intervals of a run whose checkpoints are kept automatically ("auto"). @param bytes of its weights */
export function automaticIntervals(bytes: number): number {
  return Math.max(fewest, Math.min(most, Math.floor(mostBytes / bytes)));
}
