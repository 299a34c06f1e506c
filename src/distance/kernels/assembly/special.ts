// Runs that need a look at each element.
import { BINS } from "./layout";
import { addNonFinite, join, offer } from "./state";

/** Bin of the largest numbers, for changes of finite values that are beyond them. */
const TOP = 2046;
const SIGN = 2048;

/** Sums of a run with values that are not finite or overflow. Its bins are counted already: those of NaN are not read. */
export function specialRun<T>(a: usize, b: usize, length: u32): void {
  let difference: f64 = 0;
  let squareA: f64 = 0;
  let squareB: f64 = 0;
  let product: f64 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const x = <f64>load<T>(a + <usize>i * sizeof<T>());
    const y = <f64>load<T>(b + <usize>i * sizeof<T>());
    if (!isFinite(x) || !isFinite(y)) {
      addNonFinite();
      continue;
    }
    const change = y - x;
    if (!isFinite(change)) {
      const bin = BINS + ((<usize>(change > 0 ? TOP : TOP + SIGN)) << 4);
      store<u32>(bin, load<u32>(bin) + 1);
    }
    offer(change, i);
    difference += change * change;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  join(0, difference);
  join(1, squareA);
  join(2, squareB);
  join(3, product);
}

/** Looks for the largest change of a run of finite values. */
export function findLargest<T>(a: usize, b: usize, length: u32): void {
  for (let i: u32 = 0; i < length; i++) {
    const at = <usize>i * sizeof<T>();
    offer(<f64>load<T>(b + at) - <f64>load<T>(a + at), i);
  }
}
