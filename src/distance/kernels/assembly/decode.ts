// Decodes runs to float32. Each reads and writes whole vectors of 16 bytes of the source: up to 15 elements too many.

/** Upper halves of float32. */
export function decodeBFloat16(from: usize, to: usize, length: u32): void {
  for (const end = from + ((<usize>length) << 1); from < end; from += 16, to += 32) {
    const v = v128.load(from);
    v128.store(to, i32x4.shl(i32x4.extend_low_i16x8_u(v), 16));
    v128.store(to, i32x4.shl(i32x4.extend_high_i16x8_u(v), 16), 16);
  }
}

/**
 * Four numbers of a small binary float as float32, by the way of F. Giesen's half_to_float: the exponent is moved to
 * float32's bias; what was subnormal gets an implied one, which is then taken away again.
 * @param magnitude exponent and mantissa, the mantissa's upper end at bit 22
 * @param bias difference of the two biases
 */
function widen(magnitude: v128, bias: i32): v128 {
  const normal = i32x4.add(magnitude, i32x4.splat(bias << 23));
  const implied = i32x4.splat((bias + 1) << 23);
  const subnormal = f32x4.sub(i32x4.add(magnitude, implied), implied);
  const isSubnormal = i32x4.lt_s(magnitude, i32x4.splat(1 << 23));
  return v128.bitselect(subnormal, normal, isSubnormal);
}

/** Four float16, each in the lower half of a lane. */
function widenFloat16(v: v128): v128 {
  const sign = i32x4.shl(v128.and(v, i32x4.splat(0x8000)), 16);
  const magnitude = i32x4.shl(v128.and(v, i32x4.splat(0x7fff)), 13);
  // The largest exponent is kept for infinity and NaN.
  const special = i32x4.ge_s(magnitude, i32x4.splat(31 << 23));
  const value = v128.or(widen(magnitude, 112), v128.and(special, i32x4.splat(0x7f800000)));
  return v128.or(value, sign);
}

/** Four e4m3fn, each in the lowest byte of a lane. */
function widenFloat8E4M3(v: v128): v128 {
  const sign = i32x4.shl(v128.and(v, i32x4.splat(0x80)), 24);
  const bits = v128.and(v, i32x4.splat(0x7f));
  const isNaN = i32x4.eq(bits, i32x4.splat(0x7f));
  const value = widen(i32x4.shl(bits, 20), 120);
  return v128.or(v128.or(value, v128.and(isNaN, i32x4.splat(0x7fc00000))), sign);
}

export function decodeFloat16(from: usize, to: usize, length: u32): void {
  for (const end = from + ((<usize>length) << 1); from < end; from += 16, to += 32) {
    const v = v128.load(from);
    v128.store(to, widenFloat16(i32x4.extend_low_i16x8_u(v)));
    v128.store(to, widenFloat16(i32x4.extend_high_i16x8_u(v)), 16);
  }
}

/** e5m2 is the upper half of a float16. */
export function decodeFloat8E5M2(from: usize, to: usize, length: u32): void {
  for (const end = from + <usize>length; from < end; from += 8, to += 32) {
    const v = i16x8.shl(i16x8.extend_low_i8x16_u(v128.load64_zero(from)), 8);
    v128.store(to, widenFloat16(i32x4.extend_low_i16x8_u(v)));
    v128.store(to, widenFloat16(i32x4.extend_high_i16x8_u(v)), 16);
  }
}

export function decodeFloat8E4M3(from: usize, to: usize, length: u32): void {
  for (const end = from + <usize>length; from < end; from += 8, to += 32) {
    const v = i16x8.extend_low_i8x16_u(v128.load64_zero(from));
    v128.store(to, widenFloat8E4M3(i32x4.extend_low_i16x8_u(v)));
    v128.store(to, widenFloat8E4M3(i32x4.extend_high_i16x8_u(v)), 16);
  }
}

export function decodeFloat32ToFloat64(from: usize, to: usize, length: u32): void {
  for (const end = from + ((<usize>length) << 2); from < end; from += 8, to += 16)
    v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
}
