// What distances and maps of many states spend their time with beside matrix products, two numbers at a time.

/**
 * Added and taken away again, 1.5 * 2^-8 leaves multiples of 2^-60, whose products are float32's normal numbers: with
 * others a processor takes a hundred times as long. Where weights are so small the error of the products shows it.
 */
const COARSE: f64 = 1.5 / 256;

/** Two elements as float64. */
// @ts-expect-error: AssemblyScript's own decorator.
@inline
function pair<T>(values: usize): v128 {
  return sizeof<T>() == 4
    ? f64x2.promote_low_f32x4(v128.load64_zero(values))
    : v128.load(values);
}

// @ts-expect-error: AssemblyScript's own decorator.
@inline
function narrow(values: v128): v128 {
  const coarse = f64x2.splat(COARSE);
  return f32x4.demote_f64x2_zero(f64x2.sub(f64x2.add(values, coarse), coarse));
}

// @ts-expect-error: AssemblyScript's own decorator.
@inline
function placeOf<T>(values: usize, origin: usize, into: usize, length: u32): f64 {
  const size: usize = sizeof<T>();
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let left = length;
  for (; left >= 4; left -= 4) {
    const x = f64x2.sub(pair<T>(values), v128.load(origin));
    const y = f64x2.sub(pair<T>(values + 2 * size), v128.load(origin, 16));
    v128.store(into, i64x2.shuffle(narrow(x), narrow(y), 0, 2));
    s0 = f64x2.add(s0, f64x2.mul(x, x));
    s1 = f64x2.add(s1, f64x2.mul(y, y));
    values += 4 * size;
    origin += 32;
    into += 16;
  }
  const sums = f64x2.add(s0, s1);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; left > 0; left--) {
    const x = <f64>load<T>(values) - load<f64>(origin);
    store<f32>(into, <f32>(x + COARSE - COARSE));
    sum += x * x;
    values += size;
    origin += 8;
    into += 4;
  }
  return sum;
}

/**
 * Float32 values less an origin in float64, rounded to float32.
 * @returns the sum of their squares before they were rounded, in float64
 */
export function placeFloat32(values: usize, origin: usize, into: usize, length: u32): f64 {
  return placeOf<f32>(values, origin, into, length);
}

/** The same of float64 values. */
export function placeFloat64(values: usize, origin: usize, into: usize, length: u32): f64 {
  return placeOf<f64>(values, origin, into, length);
}
