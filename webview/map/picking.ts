import type { Cloud } from "./cloud";
import { projector, type Camera, type Projected, type Viewport } from "./orbit";

/** A point under the pointer. */
export interface Picked extends Projected {
  readonly point: number;
}

/** The point nearest to a place on the screen, within `reach` CSS pixels; of two alike the one in front. */
export function pick(
  cloud: Cloud,
  camera: Camera,
  viewport: Viewport,
  x: number,
  y: number,
  reach = 12,
): Picked | null {
  const project = projector(camera, viewport);
  const { positions } = cloud;
  let best: Picked | null = null;
  let least = reach;
  for (let point = 0; point < cloud.size; point++) {
    const at = project(positions[3 * point], positions[3 * point + 1], positions[3 * point + 2]);
    // A point at the back must be clearly nearer to win: two pixels over the whole depth.
    const far = Math.hypot(at.x - x, at.y - y) - at.depth;
    if (far < least) {
      least = far;
      best = { ...at, point };
    }
  }
  return best;
}

/** The points' indices from back to front. */
export function backToFront(cloud: Cloud, camera: Camera): Uint32Array {
  const project = projector(camera, { width: 1, height: 1 });
  const { positions } = cloud;
  const depths = new Float32Array(cloud.size);
  for (let point = 0; point < cloud.size; point++)
    depths[point] = project(
      positions[3 * point],
      positions[3 * point + 1],
      positions[3 * point + 2],
    ).depth;
  const order = Uint32Array.from(depths, (_, point) => point);
  return order.sort((a, b) => depths[a] - depths[b]);
}
