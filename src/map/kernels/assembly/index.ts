// What distances and maps of many states spend their time with beside matrix products, two numbers at a time.

/**
 * Added and taken away again, 1.5 * 2^-8 leaves multiples of 2^-60, whose products are float32's normal numbers: with
 * others a processor takes a hundred times as long. Where weights are so small the error of the products shows it.
 */
const COARSE: f64 = 1.5 / 256;

/** Two elements as float64. */
function pair<T>(values: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(values)) : v128.load(values);
}

function narrow(values: v128): v128 {
  const coarse = f64x2.splat(COARSE);
  return f32x4.demote_f64x2_zero(f64x2.sub(f64x2.add(values, coarse), coarse));
}

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

/**
 * Product of a symmetric matrix and a vector, of lengths that are multiples of four. Of each four rows those columns lie in
 * memory, four rows after another, that are not behind the four on the diagonal.
 */
export function multiplySymmetric(matrix: usize, vector: usize, product: usize, length: u32): void {
  const end = vector + ((<usize>length) << 3);
  for (let diagonal = vector; diagonal < end; diagonal += 32) {
    const row = diagonal + 32 - vector;
    const v0 = v128.load64_splat(diagonal);
    const v1 = v128.load64_splat(diagonal, 8);
    const v2 = v128.load64_splat(diagonal, 16);
    const v3 = v128.load64_splat(diagonal, 24);
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    let v = vector;
    for (let p = product; v < diagonal; v += 16, p += 16, matrix += 16) {
      const x = v128.load(v);
      const e0 = v128.load(matrix);
      const e1 = v128.load(matrix + row);
      const e2 = v128.load(matrix + 2 * row);
      const e3 = v128.load(matrix + 3 * row);
      s0 = f64x2.add(s0, f64x2.mul(e0, x));
      s1 = f64x2.add(s1, f64x2.mul(e1, x));
      s2 = f64x2.add(s2, f64x2.mul(e2, x));
      s3 = f64x2.add(s3, f64x2.mul(e3, x));
      const first = f64x2.add(f64x2.mul(e0, v0), f64x2.mul(e1, v1));
      const last = f64x2.add(f64x2.mul(e2, v2), f64x2.mul(e3, v3));
      v128.store(p, f64x2.add(v128.load(p), f64x2.add(first, last)));
    }
    for (; v < diagonal + 32; v += 16, matrix += 16) {
      const x = v128.load(v);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(matrix), x));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(matrix + row), x));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(matrix + 2 * row), x));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(matrix + 3 * row), x));
    }
    matrix += 3 * row;
    const at = product + (diagonal - vector);
    v128.store(at, sums(s0, s1));
    v128.store(at, sums(s2, s3), 16);
  }
}

/** The sum of each vector's two numbers. */
function sums(a: v128, b: v128): v128 {
  return f64x2.add(i64x2.shuffle(a, b, 0, 2), i64x2.shuffle(a, b, 1, 3));
}
