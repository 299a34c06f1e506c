/**
 * Mean silhouette of points in clusters (Rousseeuw 1987): (b - a) / max(a, b), a the mean distance to the others of its
 * own cluster, b the smallest mean distance to another cluster. Points alone in their cluster count 0.
 * @param distance of points i and j
 * @param clusters the cluster of each point
 * @returns -1 to 1; null with fewer than two clusters
 */
export function silhouette(
  distance: (i: number, j: number) => number,
  clusters: readonly number[],
): number | null {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  if (sizes.size < 2) return null;
  const total = clusters.reduce((sum, _, i) => sum + silhouetteOf(i, distance, clusters, sizes), 0);
  return total / clusters.length;
}

function silhouetteOf(
  i: number,
  distance: (i: number, j: number) => number,
  clusters: readonly number[],
  sizes: ReadonlyMap<number, number>,
): number {
  const own = clusters[i];
  if (sizes.get(own) === 1) return 0;
  const sums = new Map<number, number>();
  clusters.forEach((cluster, j) => {
    if (j !== i) sums.set(cluster, (sums.get(cluster) ?? 0) + distance(i, j));
  });
  const within = (sums.get(own) ?? 0) / (sizes.get(own)! - 1);
  const beyond = Math.min(
    ...[...sums].flatMap(([cluster, sum]) => (cluster === own ? [] : [sum / sizes.get(cluster)!])),
  );
  const larger = Math.max(within, beyond);
  return larger === 0 ? 0 : (beyond - within) / larger;
}
