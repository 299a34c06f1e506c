import type { ProbeMeasure } from "./quadrature";

/** exp of the entropy of values over their sum (Roy and Vetterli 2007), for values of 0 and more. */
export function entropyRank(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const entropy = values.reduce((total, value) => total - timesLog(value / sum), 0);
  return Math.exp(entropy);
}

function timesLog(value: number): number {
  return value > 0 ? value * Math.log(value) : 0;
}

/**
 * The same of all singular values of a matrix from the leading ones and what random probes see of the rest.
 * @param measures of the squares of singular values, of orthonormal probes without their components along the leading
 *   vectors
 * @param leading singular values, the largest first
 * @param frobenius root of the sum of squares of all
 * @param possible number of all
 * @param shift added to each square of the measures, to see what it does
 * @returns the estimate and its standard error
 */
export function entropyEstimate(
  measures: readonly ProbeMeasure[],
  leading: readonly number[],
  frobenius: number,
  possible: number,
  shift: number,
): { rank: number; deviation: number } {
  // Over the norm: the rank does not depend on the scale.
  const unit = frobenius;
  const known = leading.map((value) => value / unit);
  const rows = measures.map(({ nodes, weights }) => {
    const row = { values: 0, logs: 0, count: 0, squares: 0 };
    nodes.forEach((node, i) => {
      const value = Math.sqrt(Math.max(0, node + shift)) / unit;
      const weight = possible * weights[i];
      row.values += weight * value;
      row.logs += weight * timesLog(value);
      row.count += weight;
      row.squares += weight * value ** 2;
    });
    return row;
  });
  const squaresLeft = Math.max(0, (frobenius / unit) ** 2 - sum(known.map((value) => value ** 2)));
  const controls = [
    rows.map((row) => row.count - (possible - leading.length)),
    rows.map((row) => row.squares - squaresLeft),
  ];
  const total = (own: number, samples: readonly number[]) =>
    own + mean(samples) + controlled(samples, controls).correction;
  const values = total(
    sum(known),
    rows.map((row) => row.values),
  );
  const logs = total(
    sum(known.map(timesLog)),
    rows.map((row) => row.logs),
  );
  const rank = Math.exp(Math.log(values) - logs / values);
  // The entropy is ln values - logs / values; this is how each probe moves it.
  const slopes = rows.map((row) => (row.values * (1 + logs / values) - row.logs) / values);
  return { rank, deviation: rank * controlled(slopes, controls).deviation };
}

/**
 * Regression on control variates, whose exact means are 0: what to add to the mean of samples, and its standard error.
 */
function controlled(
  samples: readonly number[],
  controls: readonly (readonly number[])[],
): { correction: number; deviation: number } {
  let rest = samples.map((sample) => sample - mean(samples));
  let correction = 0;
  const used: { readonly centred: readonly number[]; readonly offset: number }[] = [];
  for (const control of controls) {
    let offset = mean(control);
    let centred = control.map((value) => value - offset);
    const before = dot(centred, centred);
    for (const earlier of used) {
      const factor = dot(centred, earlier.centred) / dot(earlier.centred, earlier.centred);
      centred = centred.map((value, i) => value - factor * earlier.centred[i]);
      offset -= factor * earlier.offset;
    }
    const square = dot(centred, centred);
    if (!(square > 1e-12 * before) || square < 1e-24 * dot(control, control)) continue;
    const factor = dot(rest, centred) / square;
    const residual = rest.map((value, i) => value - factor * centred[i]);
    rest = residual;
    correction -= factor * offset;
    used.push({ centred, offset });
  }
  const freedom = Math.max(1, samples.length - 1 - used.length);
  return { correction, deviation: Math.sqrt(dot(rest, rest) / freedom / samples.length) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}
