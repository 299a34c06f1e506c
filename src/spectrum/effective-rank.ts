import { entropyEstimate, entropyRank } from "./entropy";
import type { LeadingSpace } from "./krylov";
import { squaredNorm } from "./matrix";
import type { Products } from "./products";
import { probeMeasures, type ProbeMeasure } from "./quadrature";
import { symmetricEigen } from "./symmetric-eigen";

/** Nodes of a probe's quadrature: few matter, as the Krylov space has not many more moments. */
const DEGREE = 12;
/** More probes would make an error smaller that is small beside that of the quadrature. */
const PROBES = 16;
/**
 * Share of Gauss's rule beside Gauss and Radau's, which errs the other way: of the root near 0 they err as the midpoint
 * and the trapezoidal rule do.
 */
const GAUSS = 0.7;
/** Share of the distance of the two rules that is stated beside what the last blocks changed. */
const UNSEEN = 0.25;
/** Standard errors of the probes' mean that are stated. */
const DEVIATIONS = 3;
/** Rounding of squared singular values as projected, over the largest. */
const ROUNDING = { float32: 3e-7, float64: 1e-15 };
/** Share of ‖Δ‖_F² that a space may lack that holds all singular values but those lost in rounding. */
const LACKING = 1e-6;
/** How much more of a leading vector than of a random one may lie in the probes if it is independent of them. */
const INDEPENDENT = 2;

export interface EffectiveRank {
  readonly value: number;
  /** The exact one lies within this of it: at least in 99 of 100 cases where `value` is an estimate. */
  readonly error: number;
}

interface Setting {
  readonly space: LeadingSpace;
  readonly frobenius: number;
  /** Number of singular values. */
  readonly possible: number;
  readonly precision: "float32" | "float64";
}

/**
 * exp of the entropy of σ_i / Σσ (Roy and Vetterli 2007). Of a complete space all σ are known. Otherwise sums over them
 * are estimated by stochastic Lanczos quadrature (Ubaru, Chen and Saad 2017) from the Krylov space that is there: its
 * random first block are the probes, the leading singular values are taken out and added exactly (as in Hutch++, Meyer
 * et al. 2021), and ‖Δ‖_F², which is known, takes part of the probes' variance away.
 */
export async function effectiveRank(setting: Setting, products: Products): Promise<EffectiveRank> {
  const { space, frobenius, precision } = setting;
  const { projection } = space;
  if (space.complete) {
    const { values: squares } = symmetricEigen(projection.matrix(), projection.size, false);
    const lacking = Math.abs(frobenius ** 2 - squares.reduce((sum, square) => sum + square, 0));
    if (lacking < LACKING * frobenius ** 2)
      return ofAll(squares, setting.possible, ROUNDING[precision] * squares[0], lacking);
  }
  const blocks = projection.sizes.length;
  const last = await estimate(setting, blocks, products);
  const sampling = DEVIATIONS * last.deviation;
  if (blocks < 4) return { value: last.value, error: sampling + last.rounding + last.apart };
  const earlier = await estimate(setting, blocks - 2, products);
  const moved = Math.abs(last.value - earlier.value);
  return { value: last.value, error: sampling + last.rounding + moved + UNSEEN * last.apart };
}

/**
 * Of all squared singular values but those that are lost in rounding.
 * @param rounding of each square
 * @param lacking sum of squares that is not among them: it counts most in all that are left
 */
function ofAll(
  squares: Float64Array,
  possible: number,
  rounding: number,
  lacking: number,
): EffectiveRank {
  const left = possible - squares.length;
  const shifted = (by: number, each: number) =>
    entropyRank([
      ...Array.from(squares, (square) => Math.sqrt(Math.max(0, square + by))),
      ...new Array<number>(left).fill(each),
    ]);
  const value = shifted(0, 0);
  const others = [
    shifted(-rounding, 0),
    shifted(rounding, left === 0 ? 0 : Math.sqrt(rounding + lacking / left)),
  ];
  return { value, error: Math.max(...others.map((other) => Math.abs(other - value))) };
}

interface Estimate {
  readonly value: number;
  /** Standard error by the choice of probes. */
  readonly deviation: number;
  /** Distance of the two rules' results. */
  readonly apart: number;
  /** What rounding may do to the result. */
  readonly rounding: number;
}

/** From the first blocks of the space. */
async function estimate(
  { space, frobenius, possible, precision }: Setting,
  blocks: number,
  products: Products,
): Promise<Estimate> {
  const { projection, values } = space;
  const n = projection.sizes.slice(0, blocks).reduce((sum, size) => sum + size, 0);
  const { probes, count } = deflatedProbes(space, possible, n);
  const leading = values.slice(0, count);
  const whole = projection.matrix(n);
  // A space that the matrix does not leave has an exact rule.
  const ended = space.complete && blocks === projection.sizes.length;
  const withZero = ended ? whole : projection.withZero(blocks);
  const measure = (matrix: Float64Array, rule: "gauss" | "radau") =>
    probeMeasures({ matrix, n, probes, degree: DEGREE, rule }, products);
  const rank = (measures: readonly ProbeMeasure[], shift = 0) =>
    entropyEstimate(measures, leading, frobenius, possible, shift * values[0] ** 2);
  const nodes = await measure(whole, "gauss");
  const gauss = rank(nodes);
  const shifts = [-1, 1].map((sign) => rank(nodes, sign * ROUNDING[precision]).rank);
  const rounding = Math.max(...shifts.map((shifted) => Math.abs(shifted - gauss.rank)));
  const radau = rank(await measure(withZero, "radau"));
  return {
    value: GAUSS * gauss.rank + (1 - GAUSS) * radau.rank,
    deviation: Math.max(gauss.deviation, radau.deviation),
    apart: Math.abs(gauss.rank - radau.rank),
    rounding,
  };
}

/**
 * The first block of the basis without its components along the leading vectors, [p, n]. Those of them that have not
 * converged lie more in the probes than others, and stay there.
 * @returns the probes, and how many vectors were taken out
 */
function deflatedProbes(
  { inBasis, projection: { size: all, sizes } }: LeadingSpace,
  possible: number,
  n: number,
): { probes: Float64Array; count: number } {
  const [width] = sizes;
  const used = Math.min(PROBES, width);
  const probes = new Float64Array(used * n);
  for (let i = 0; i < used; i++) probes[i * n + i] = 1;
  const most = inBasis.length / all;
  let count = 0;
  for (; count < most; count++) {
    const vector = inBasis.subarray(count * all, (count + 1) * all);
    const share = squaredNorm(vector.subarray(0, width));
    if (share > (INDEPENDENT * width) / possible) break;
    for (let i = 0; i < used; i++)
      for (let j = 0; j < n; j++) probes[i * n + j] -= vector[i] * vector[j];
  }
  return { probes, count };
}
