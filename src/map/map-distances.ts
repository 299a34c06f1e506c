/** Euclidean distances between the points of a map, n x n, row-major; `positions` n x dimensions, row-major. */
export function mapDistances(positions: Float64Array, dimensions: number): Float64Array {
  const n = positions.length / dimensions;
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let axis = 0; axis < dimensions; axis++)
        squared += (positions[i * dimensions + axis] - positions[j * dimensions + axis]) ** 2;
      distances[i * n + j] = distances[j * n + i] = Math.sqrt(squared);
    }
  return distances;
}
