import { EYE } from "./orbit";

/**
 * Lines of the unit sphere, as pairs of points (x, y, z each): the equator, two parallels and four meridians,
 * enough to see a sphere and too few to hide what lies on it.
 */
export function wireSphere(segments = 96): Float32Array {
  const lines: number[] = [];
  const circle = (at: (angle: number) => readonly [number, number, number]): void => {
    for (let i = 0; i < segments; i++)
      lines.push(...at((2 * Math.PI * i) / segments), ...at((2 * Math.PI * (i + 1)) / segments));
  };
  for (const latitude of [-Math.PI / 4, 0, Math.PI / 4]) {
    const [radius, height] = [Math.cos(latitude), Math.sin(latitude)];
    circle((angle) => [radius * Math.cos(angle), height, radius * Math.sin(angle)]);
  }
  for (let meridian = 0; meridian < 4; meridian++) {
    const [x, z] = [Math.cos((Math.PI * meridian) / 4), Math.sin((Math.PI * meridian) / 4)];
    circle((angle) => [x * Math.cos(angle), Math.sin(angle), z * Math.cos(angle)]);
  }
  return Float32Array.from(lines);
}

/** The unit sphere's outline as seen by the viewer, a circle a little in front of the centre. */
export function silhouette(segments = 192): Float32Array {
  const radius = Math.sqrt(1 - 1 / (EYE * EYE));
  const points: number[] = [];
  for (let i = 0; i < segments; i++) {
    const angle = (2 * Math.PI * i) / segments;
    points.push(radius * Math.cos(angle), radius * Math.sin(angle), 1 / EYE);
  }
  return Float32Array.from(points);
}
