// A run of two float32 vectors: all sums and counts in one pass.
import { BINS, NEIGHBOURS } from "./layout";
import { findLargest, specialRun } from "./special";
import { join, largestSquare } from "./state";

/** Sign and exponent of a float64, from its upper half, as an offset in the bins. */
const OFFSETS: i32 = 0xfff << 4;
const OFFSET_SHIFT: i32 = 16;

/** Ratio of squared norms from which on products are summed one by one. */
const FAR: f64 = 16;

/** Counts four changes whose offsets are at NEIGHBOURS, each with its own counter. */
function countNeighbours(): void {
  // Written out: an offset in a load costs nothing where it is a constant.
  let bin = <usize>load<u32>(NEIGHBOURS);
  store<u32>(bin, load<u32>(bin, BINS) + 1, BINS);
  bin = <usize>load<u32>(NEIGHBOURS, 4);
  store<u32>(bin, load<u32>(bin, BINS + 4) + 1, BINS + 4);
  bin = <usize>load<u32>(NEIGHBOURS, 8);
  store<u32>(bin, load<u32>(bin, BINS + 8) + 1, BINS + 8);
  bin = <usize>load<u32>(NEIGHBOURS, 12);
  store<u32>(bin, load<u32>(bin, BINS + 12) + 1, BINS + 12);
}

function lanes(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/**
 * Adds a run. One accumulator of two lanes for each sum: more of them do not fit in the registers.
 * @param a, b float32 values, zeros from `length` up to the next multiple of four
 */
export function addFloat32(a: usize, b: usize, length: u32): void {
  const end = a + ((<usize>length) << 2);
  const offsets = i32x4.splat(OFFSETS);
  let difference = f64x2.splat(0);
  let squareA = f64x2.splat(0);
  let squareB = f64x2.splat(0);
  let largest = f64x2.splat(0);
  for (; a < end; a += 16, b += 16) {
    let x = f64x2.promote_low_f32x4(v128.load64_zero(a));
    let y = f64x2.promote_low_f32x4(v128.load64_zero(b));
    const low = f64x2.sub(y, x);
    let square = f64x2.mul(low, low);
    largest = f64x2.pmax(largest, square);
    difference = f64x2.add(difference, square);
    squareA = f64x2.add(squareA, f64x2.mul(x, x));
    squareB = f64x2.add(squareB, f64x2.mul(y, y));

    x = f64x2.promote_low_f32x4(v128.load64_zero(a, 8));
    y = f64x2.promote_low_f32x4(v128.load64_zero(b, 8));
    const high = f64x2.sub(y, x);
    square = f64x2.mul(high, high);
    largest = f64x2.pmax(largest, square);
    difference = f64x2.add(difference, square);
    squareA = f64x2.add(squareA, f64x2.mul(x, x));
    squareB = f64x2.add(squareB, f64x2.mul(y, y));

    const upper = i32x4.shuffle(low, high, 1, 3, 5, 7);
    v128.store(NEIGHBOURS, v128.and(i32x4.shr_u(upper, OFFSET_SHIFT), offsets));
    countNeighbours();
  }
  const start = end - ((<usize>length) << 2);
  finishRun(start, b - (a - start), length, difference, squareA, squareB, largest);
}

function finishRun(
  a: usize,
  b: usize,
  length: u32,
  difference: v128,
  squareA: v128,
  squareB: v128,
  largest: v128,
): void {
  const squares = lanes(difference);
  const squaresA = lanes(squareA);
  const squaresB = lanes(squareB);
  // A value that is not finite makes its square so; float32 has none that overflows in float64.
  if (!isFinite<f64>(squares + squaresA + squaresB)) {
    specialRun<f32>(a, b, length);
    return;
  }
  join(0, squares);
  join(1, squaresA);
  join(2, squaresB);
  // Where the norms are near each other 2ab = a^2 + b^2 - (b - a)^2 is as exact as the sum of products, and free.
  const near = squaresA <= FAR * squaresB && squaresB <= FAR * squaresA;
  join(3, near ? 0.5 * (squaresA + squaresB - squares) : products(a, b, length));
  if (max<f64>(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1)) > largestSquare)
    findLargest<f32>(a, b, length);
}

function products(a: usize, b: usize, length: u32): f64 {
  let sum = f64x2.splat(0);
  for (const end = a + ((<usize>length) << 2); a < end; a += 8, b += 8) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(a));
    sum = f64x2.add(sum, f64x2.mul(x, f64x2.promote_low_f32x4(v128.load64_zero(b))));
  }
  return lanes(sum);
}

/**
 * Adds a run of equal float32 values, with the same sums as addFloat32.
 * @returns false where it was not added, because a value is not finite
 */
export function addEqualFloat32(a: usize, length: u32): bool {
  let sum = f64x2.splat(0);
  for (const end = a + ((<usize>length) << 2); a < end; a += 8) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(a));
    sum = f64x2.add(sum, f64x2.mul(x, x));
  }
  const squares = lanes(sum);
  if (!isFinite<f64>(squares)) return false;
  join(1, squares);
  join(2, squares);
  join(3, squares);
  store<u32>(BINS, load<u32>(BINS) + length);
  return true;
}
