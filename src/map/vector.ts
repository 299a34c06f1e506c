/** Scalar product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let even = 0;
  let odd = 0;
  let i = 0;
  for (; i + 1 < a.length; i += 2) {
    even += a[i] * b[i];
    odd += a[i + 1] * b[i + 1];
  }
  return i < a.length ? even + odd + a[i] * b[i] : even + odd;
}

/** Adds `factor` times `b` to `a`. */
export function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

/** Multiplies `a` by `factor`. */
export function scale(a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] *= factor;
}

/** Euclidean norm. */
export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** Removes from `a` its components along orthonormal vectors, again where much went (Kahan: twice is enough). */
export function orthogonalise(
  a: Float64Array,
  ...bases: readonly (readonly Float64Array[])[]
): void {
  for (let pass = 0; pass < 2; pass++) {
    const before = norm(a);
    for (const basis of bases) for (const vector of basis) addScaled(a, -dot(a, vector), vector);
    if (norm(a) > 0.7 * before) return;
  }
}
