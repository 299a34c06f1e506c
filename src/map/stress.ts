import { mapDistances } from "./map-distances";

/**
 * Kruskal's stress-1 (Kruskal 1964, "Multidimensional scaling by optimizing goodness of fit to a nonmetric
 * hypothesis", Psychometrika 29): sqrt(sum (m_ij - d_ij)^2 / sum m_ij^2) over pairs i < j, where m_ij is the distance
 * in the map and d_ij the full-space distance, in place of Kruskal's disparity, since the map is metric. The
 * denominator is the map's, as in Kruskal's paper; scikit-learn's `normalized_stress` divides by sum d_ij^2.
 * 0 where both sums are 0, infinite where the map alone is one point.
 * @param distances full-space distances, n x n, row-major
 * @param positions n x dimensions, row-major
 */
export function kruskalStress(
  distances: Float64Array,
  positions: Float64Array,
  dimensions: number,
): number {
  const inMap = mapDistances(positions, dimensions);
  let misfit = 0;
  let total = 0;
  for (let i = 0; i < inMap.length; i++) {
    misfit += (inMap[i] - distances[i]) ** 2;
    total += inMap[i] ** 2;
  }
  return misfit === 0 ? 0 : Math.sqrt(misfit / total);
}
