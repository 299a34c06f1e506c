// One optimizer step of one weight tensor, in place and in one pass over memory: what limits it. Lengths are multiples
// of four; what pads a tensor is zero and stays so. Each function answers with the squared L2 norm of the change that
// the float32 weights really made, summed in float64.

/** Two elements in float64: straight from memory, since moving them within a vector is what a loop would wait for. */
function widened(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** A sum and the squares of the changes of the two elements at `at`. */
function withSquares(sums: v128, before: v128, at: usize): v128 {
  const change = f64x2.sub(widened(at), before);
  return f64x2.add(sums, f64x2.mul(change, change));
}

function sum(first: v128, last: v128): f64 {
  const both = f64x2.add(first, last);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/** w -= rate (g + decay w) */
export function sgd(w: usize, g: usize, length: u32, rate: f32, decay: f32): f64 {
  const rates = f32x4.splat(rate);
  const decays = f32x4.splat(decay);
  let first = f64x2.splat(0);
  let last = f64x2.splat(0);
  for (const end = w + ((<usize>length) << 2); w < end; w += 16, g += 16) {
    const weight = v128.load(w);
    const firstBefore = widened(w);
    const lastBefore = widened(w + 8);
    const gradient = f32x4.add(v128.load(g), f32x4.mul(decays, weight));
    v128.store(w, f32x4.sub(weight, f32x4.mul(rates, gradient)));
    first = withSquares(first, firstBefore, w);
    last = withSquares(last, lastBefore, w + 8);
  }
  return sum(first, last);
}

/** v = momentum v + g; w -= rate v, or rate (g + momentum v) after Nesterov */
export function momentum(
  w: usize,
  g: usize,
  v: usize,
  length: u32,
  rate: f32,
  decay: f32,
  momentum: f32,
  nesterov: bool,
): f64 {
  const rates = f32x4.splat(rate);
  const decays = f32x4.splat(decay);
  const kept = f32x4.splat(momentum);
  let first = f64x2.splat(0);
  let last = f64x2.splat(0);
  for (const end = w + ((<usize>length) << 2); w < end; w += 16, g += 16, v += 16) {
    const weight = v128.load(w);
    const firstBefore = widened(w);
    const lastBefore = widened(w + 8);
    const gradient = f32x4.add(v128.load(g), f32x4.mul(decays, weight));
    const velocity = f32x4.add(f32x4.mul(kept, v128.load(v)), gradient);
    v128.store(v, velocity);
    const direction = nesterov ? f32x4.add(gradient, f32x4.mul(kept, velocity)) : velocity;
    v128.store(w, f32x4.sub(weight, f32x4.mul(rates, direction)));
    first = withSquares(first, firstBefore, w);
    last = withSquares(last, lastBefore, w + 8);
  }
  return sum(first, last);
}

/**
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w -= rate (m / c1) / (sqrt(v / c2) + epsilon), where
 * c = 1 - beta ^ step: algorithm 1 of Kingma and Ba 2015. 1 - beta comes as a number of its own, rounded but once.
 */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  length: u32,
  rate: f32,
  decay: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  c1: f32,
  c2: f32,
  epsilon: f32,
): f64 {
  const rates = f32x4.splat(rate);
  const decays = f32x4.splat(decay);
  const keptFirst = f32x4.splat(beta1);
  const keptSecond = f32x4.splat(beta2);
  const newFirst = f32x4.splat(rest1);
  const newSecond = f32x4.splat(rest2);
  const firstOver = f32x4.splat(c1);
  const secondOver = f32x4.splat(c2);
  const epsilons = f32x4.splat(epsilon);
  let first = f64x2.splat(0);
  let last = f64x2.splat(0);
  for (const end = w + ((<usize>length) << 2); w < end; w += 16, g += 16, m += 16, v += 16) {
    const weight = v128.load(w);
    const firstBefore = widened(w);
    const lastBefore = widened(w + 8);
    const gradient = f32x4.add(v128.load(g), f32x4.mul(decays, weight));
    const mean = f32x4.add(f32x4.mul(keptFirst, v128.load(m)), f32x4.mul(newFirst, gradient));
    const square = f32x4.mul(gradient, gradient);
    const second = f32x4.add(f32x4.mul(keptSecond, v128.load(v)), f32x4.mul(newSecond, square));
    v128.store(m, mean);
    v128.store(v, second);
    const deviation = f32x4.add(f32x4.sqrt(f32x4.div(second, secondOver)), epsilons);
    const direction = f32x4.div(f32x4.div(mean, firstOver), deviation);
    v128.store(w, f32x4.sub(weight, f32x4.mul(rates, direction)));
    first = withSquares(first, firstBefore, w);
    last = withSquares(last, lastBefore, w + 8);
  }
  return sum(first, last);
}
