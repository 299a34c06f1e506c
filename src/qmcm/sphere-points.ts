import { RandomStream } from "../random/stream";
import { fillNormals } from "./normals";

/**
 * Points uniform on the unit sphere: vectors of independent normal deviates over their norms (Muller 1959).
 * @param name of the random stream
 * @returns [count, dimensions], row-major; norms 1 to rounding
 */
export function spherePoints(
  count: number,
  dimensions: number,
  ...name: readonly (string | number)[]
): Float64Array {
  const points = fillNormals(new RandomStream(...name), new Float64Array(count * dimensions));
  for (let at = 0; at < points.length; at += dimensions) {
    let square = 0;
    for (let c = at; c < at + dimensions; c++) square += points[c] * points[c];
    const scale = 1 / Math.sqrt(square);
    for (let c = at; c < at + dimensions; c++) points[c] *= scale;
  }
  return points;
}
