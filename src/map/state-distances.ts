import { directDistances } from "./direct-distances";
import { float32Gram } from "./float32-gram";
import { gramMatrix, type GramOptions, type GramOrigin } from "./gram";
import type { WeightVectors } from "./weight-vectors";

/**
 * A squared distance below this share of the squared norms it is the difference of has lost five digits to
 * cancellation: it is computed again.
 */
const CANCELLED = 1e-5;

/** So many states are compared one by one. */
const FEW = 4;
/** Of products in float32: relative error allowed in a squared distance. */
const TOLERANCE = 1e-6;
/** What an unseen product's error may be above the largest of those that were measured, and the least assumed of these. */
const MARGIN = 4;
const LEAST_ERROR = 1e-8;

export interface StateDistanceOptions extends GramOptions {
  /**
   * Multiplications, n^2 parameters, from which on float32 is worth its smaller exactness; 2^34 by default, which take a
   * second.
   */
  readonly float32From?: number;
}

/**
 * Euclidean distances between weight vectors from their Gram matrix, d_ij^2 = g_ii + g_jj - 2 g_ij, and where that
 * cancels, from the Gram matrix of the near states alone measured from one of them. Equal vectors have distance 0 exactly.
 * The files are read once, those of near states again.
 *
 * Products are float64 and distances right to about 1e-10 relative, unless there are many large states (float32From). Of
 * these products are float32, their sums and the norms float64. An error in g_ij that is a share of √(g_ii g_jj) is one in
 * d^2 of at most as large a share of g_ii + g_jj. float32Gram measures the former; four times as much tells below which
 * share of g_ii + g_jj a d^2 may be wrong by more than 1e-6: such states are computed again as above. Where they hang
 * together all of them, or float32 does not serve, all are, in up to two thirds as much time again. Most other squared
 * distances are right to 1e-8.
 * @returns n x n, row-major, symmetric; the same on any number of threads
 * @throws as gramMatrix
 */
export async function stateDistances(
  vectors: WeightVectors,
  options: StateDistanceOptions,
): Promise<Float64Array> {
  const { multiplier, float32From = 2 ** 34, ...streaming } = options;
  const isLarge = ({ count, parameters }: WeightVectors) => count ** 2 * parameters >= float32From;
  if (!multiplier.float32 || !isLarge(vectors)) return exactDistances(vectors, "centroid", options);
  const { gram, error } = await float32Gram(vectors, multiplier.float32, streaming);
  const cancelled = (MARGIN * Math.max(error, LEAST_ERROR)) / TOLERANCE;
  if (!(cancelled < 1)) return exactDistances(vectors, "centroid", options);
  const silent = { ...options, onProgress: () => undefined };
  return refine(vectors, gram, cancelled, (near) =>
    // Half as many at most: else float32 would be of no more use than it was.
    near.count <= vectors.count / 2 && isLarge(near)
      ? stateDistances(near, silent)
      : exactDistances(near, "first", silent),
  );
}

async function exactDistances(
  vectors: WeightVectors,
  origin: GramOrigin,
  options: GramOptions,
): Promise<Float64Array> {
  if (vectors.count <= FEW) return directDistances(vectors, options);
  const gram = await gramMatrix(vectors, origin, options);
  // Measured from its first state no distance to that state can cancel, so that groups shrink.
  return refine(vectors, gram, CANCELLED, (near) =>
    exactDistances(near, "first", { ...options, onProgress: () => undefined }),
  );
}

/**
 * Turns a Gram matrix, of which it reads the diagonal and what is below, into distances, in its place: two of them may be
 * more than fits.
 * @param cancelled share of two squared norms below which their squared distance is computed again
 * @param again distances between states that such distances connect
 */
async function refine(
  vectors: WeightVectors,
  distances: Float64Array,
  cancelled: number,
  again: (near: WeightVectors) => Promise<Float64Array>,
): Promise<Float64Array> {
  const n = vectors.count;
  const squares = Float64Array.from({ length: n }, (_, i) => distances[i * n + i]);
  const group = Array.from({ length: n }, (_, i) => i);
  const find = (i: number): number => {
    while (group[i] !== i) i = group[i] = group[group[i]];
    return i;
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const norms = squares[i] + squares[j];
      const squared = norms - 2 * distances[i * n + j];
      distances[i * n + j] = distances[j * n + i] = Math.sqrt(Math.max(0, squared));
      if (squared < cancelled * norms) group[find(i)] = find(j);
    }
    distances[i * n + i] = 0;
  }
  for (const members of groups(group.map((_, i) => find(i)))) {
    const inner = await again(vectors.select(members));
    for (let a = 0; a < members.length; a++)
      for (let b = 0; b < members.length; b++)
        distances[members[a] * n + members[b]] = inner[a * members.length + b];
  }
  return distances;
}

/** Members of each group of two and more, in order. */
function groups(label: readonly number[]): number[][] {
  const members = new Map<number, number[]>();
  label.forEach((name, i) => {
    members.set(name, [...(members.get(name) ?? []), i]);
  });
  return [...members.values()].filter((list) => list.length > 1);
}
