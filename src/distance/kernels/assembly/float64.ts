// A run of two float64 vectors.
import { BINS } from "./layout";
import { findLargest, specialRun } from "./special";
import { binOf, join, max } from "./state";

/** Adds a run: as addFloat32, but one element after the other, since few checkpoints hold float64. */
export function addFloat64(a: usize, b: usize, length: u32): void {
  let difference: f64 = 0;
  let squareA: f64 = 0;
  let squareB: f64 = 0;
  let product: f64 = 0;
  let largest: f64 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const x = load<f64>(a + ((<usize>i) << 3));
    const y = load<f64>(b + ((<usize>i) << 3));
    const change = y - x;
    const size = abs(change);
    difference += change * change;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
    // What is not a number shows in the squares.
    if (size > largest) largest = size;
    const bin = (<usize>binOf(change)) << 4;
    store<u32>(bin, load<u32>(bin, BINS) + 1, BINS);
  }
  if (!isFinite<f64>(difference + squareA + squareB)) {
    specialRun<f64>(a, b, length);
    return;
  }
  join(0, difference);
  join(1, squareA);
  join(2, squareB);
  join(3, product);
  if (largest > max) findLargest<f64>(a, b, length);
}
