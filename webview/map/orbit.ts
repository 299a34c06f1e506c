/** Where the viewer stands: angles in radians, zoom 1 shows the whole cloud. */
export interface Camera {
  readonly yaw: number;
  readonly pitch: number;
  readonly zoom: number;
}

/** The drawing area in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A projected point: CSS pixels from the top left, and depth from about -1 (far) to 1 (near). */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** The viewer's distance from the centre, in sphere radii: a gentle perspective. */
export const EYE = 5;
/** Share of the shorter side that the unit sphere takes at zoom 1. */
const FILL = 0.8;

export const START_CAMERA: Camera = { yaw: 0.6, pitch: 0.42, zoom: 1 };

/** Turns by angles in radians; pitch stops at the poles so that up stays up. */
export function turn(camera: Camera, yaw: number, pitch: number): Camera {
  const limit = Math.PI / 2;
  return {
    yaw: (camera.yaw + yaw) % (2 * Math.PI),
    pitch: Math.min(limit, Math.max(-limit, camera.pitch + pitch)),
    zoom: camera.zoom,
  };
}

/** Zooms by a factor, between the whole cloud small and a single point large. */
export function zoomBy(camera: Camera, factor: number): Camera {
  return { ...camera, zoom: Math.min(12, Math.max(0.4, camera.zoom * factor)) };
}

/** The rotation as nine numbers, row by row: yaw about the vertical axis, then pitch about the horizontal one. */
export function rotation({ yaw, pitch }: Camera): readonly number[] {
  const [cy, sy] = [Math.cos(yaw), Math.sin(yaw)];
  const [cp, sp] = [Math.cos(pitch), Math.sin(pitch)];
  return [cy, 0, sy, sp * sy, cp, -sp * cy, -cp * sy, sp, cp * cy];
}

/** Radii of the unit sphere that fit between the centre and the end of the shorter side at zoom 1, less half a dot. */
const ROOM = 1.2;
/** A cloud that reaches further is not drawn smaller: its outliers are sought by zooming out. */
const FARTHEST = 4;

/** A camera moved back as far as it takes to have all of a cloud in sight at zoom 1. */
export function fitted(camera: Camera, reach: number): Camera {
  const radius = Math.min(reach, FARTHEST);
  // Points nearer to the eye are seen farther out: this is the outline of the sphere that they lie on.
  const outline = (radius * EYE) / Math.sqrt(EYE * EYE - radius * radius);
  return { ...camera, zoom: camera.zoom / Math.max(1, outline / ROOM) };
}

/** Half the unit sphere's diameter in CSS pixels, before perspective. */
export function scale(camera: Camera, { width, height }: Viewport): number {
  return (FILL * camera.zoom * Math.min(width, height)) / 2;
}

/** Returns a function that projects a point of the cloud; shaders do the same sum. */
export function projector(
  camera: Camera,
  viewport: Viewport,
): (x: number, y: number, z: number) => Projected {
  const r = rotation(camera);
  const size = scale(camera, viewport);
  return (x, y, z) => {
    const depth = r[6] * x + r[7] * y + r[8] * z;
    const perspective = (size * EYE) / Math.max(0.1, EYE - depth);
    return {
      x: viewport.width / 2 + perspective * (r[0] * x + r[1] * y + r[2] * z),
      y: viewport.height / 2 - perspective * (r[3] * x + r[4] * y + r[5] * z),
      depth,
    };
  };
}
