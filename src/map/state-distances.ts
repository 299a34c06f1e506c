import { gramMatrix, type GramOptions } from "./gram";
import type { WeightVectors } from "./weight-vectors";

/**
 * A squared distance below this share of the squared norms it is the difference of has lost five digits to
 * cancellation: it is computed again.
 */
const CANCELLED = 1e-5;

/**
 * Euclidean distances between weight vectors, to about 1e-10 relative: from the Gram matrix about the centroid,
 * d_ij^2 = g_ii + g_jj - 2 g_ij, and where that cancels, from the Gram matrix of the near states alone measured
 * from one of them. Equal vectors have distance 0 exactly. The files are read once, those of near states again.
 * @returns n x n, row-major, symmetric
 * @throws as gramMatrix
 */
export async function stateDistances(
  vectors: WeightVectors,
  options: GramOptions,
): Promise<Float64Array> {
  const gram = await gramMatrix(vectors, "centroid", options);
  return refine(vectors, gram, { ...options, onProgress: () => undefined });
}

/** Turns a Gram matrix into distances, in its place: two of them may be more than fits. */
async function refine(
  vectors: WeightVectors,
  distances: Float64Array,
  options: GramOptions,
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
      if (squared < CANCELLED * norms) group[find(i)] = find(j);
    }
    distances[i * n + i] = 0;
  }
  for (const members of groups(group.map((_, i) => find(i)))) {
    const near = vectors.select(members);
    // Measured from its first state no distance to that state can cancel, so that the groups shrink.
    const inner = await refine(near, await gramMatrix(near, "first", options), options);
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
