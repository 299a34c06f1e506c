/**
 * Slope of the line of least squares through points [x, y].
 * @returns null with fewer than two different x
 */
export function leastSquaresSlope(points: readonly (readonly [number, number])[]): number | null {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [xx, xy] = [0, 0];
  for (const [x, y] of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  return xx > 0 ? xy / xx : null;
}
