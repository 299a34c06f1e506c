// What a kernel keeps while it goes over a piece of two tensors.

import { BINS, BIN_BYTES, BIN_COUNT, SUMS, SUM_COUNT } from "./layout";

/** Positions where a or b is not finite. */
export let nonFinite: f64 = 0;
/** Largest size of a change, and the index of its first place. */
export let max: f64 = 0;
export let maxIndex: f64 = -1;
/** Square of `max`: in float32's range unequal sizes have unequal squares. */
export let largestSquare: f64 = 0;
/** Zeros behind the ends of runs, counted as unchanged. */
export let padding: u32 = 0;
/** Elements gone over so far. */
export let seen: f64 = 0;

export function clear(): void {
  memory.fill(BINS, 0, BIN_COUNT * BIN_BYTES);
  memory.fill(SUMS, 0, SUM_COUNT * 16);
  nonFinite = 0;
  largestSquare = 0;
  max = 0;
  maxIndex = -1;
  padding = 0;
  seen = 0;
}

export function addPadding(count: u32): void {
  padding += count;
}

export function addNonFinite(): void {
  nonFinite += 1;
}

export function addSeen(count: f64): void {
  seen += count;
}

/** Sign and exponent of a change; those below the normal numbers go with the smallest of these. */
export function binOf(change: f64): u32 {
  const bin = <u32>(reinterpret<u64>(change) >> 52);
  return change != 0 && (bin & 0x7ff) == 0 ? bin + 1 : bin;
}

/** Takes a change as the largest where it is larger than all before. */
export function offer(change: f64, index: u32): void {
  const size = abs(change);
  if (size > max) {
    max = size;
    largestSquare = size * size;
    maxIndex = seen + <f64>index;
  }
}

/** Adds a run's sum to a compensated one (Neumaier 1974). */
export function join(which: u32, term: f64): void {
  const at = SUMS + ((<usize>which) << 4);
  const sum = load<f64>(at);
  const next = sum + term;
  const lost = abs(sum) >= abs(term) ? sum - next + term : term - next + sum;
  store<f64>(at, next);
  store<f64>(at, load<f64>(at, 8) + lost, 8);
}
