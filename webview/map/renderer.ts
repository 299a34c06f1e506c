import type { Palette } from "../ui/theme";
import type { Cloud } from "./cloud";
import type { Camera, Viewport } from "./orbit";

/** All that decides a picture. */
export interface Frame {
  readonly cloud: Cloud;
  readonly camera: Camera;
  readonly viewport: Viewport;
  readonly pixelRatio: number;
  readonly palette: Palette;
  /** The chosen run, drawn large while the others stand back. */
  readonly selected: number | null;
  /** The point under the pointer. */
  readonly hovered: number | null;
}

/** Draws one frame when asked, and nothing in between. */
export interface MapRenderer {
  readonly kind: "webgl" | "canvas";
  readonly canvas: HTMLCanvasElement;
  draw(frame: Frame): void;
  dispose(): void;
}

/** A dot's diameter in CSS pixels: small where there are many. */
export function dotSize(points: number): number {
  return points <= 250 ? 12 : points <= 2500 ? 8 : points <= 20_000 ? 6 : 4;
}

/** How much of its colour the farthest dot keeps. */
export function farStrength({ highContrast }: Palette): number {
  return highContrast ? 0.65 : 0.4;
}

/** Opacity, nearest the viewer, of the sphere's lines and of those that join two states: fainter where many cross. */
export function lineStrength({ palette, cloud }: Frame): { sphere: number; pair: number } {
  const thinned = Math.min(1, Math.max(0.3, Math.sqrt(150 / Math.max(1, cloud.pairs.length / 2))));
  return palette.highContrast
    ? { sphere: 0.26, pair: 0.9 * thinned }
    : { sphere: 0.13, pair: 0.5 * thinned };
}

/** How much of its strength what stands back keeps, so that the chosen run stands out. */
export function standBack({ highContrast }: Palette): number {
  return highContrast ? 0.8 : 0.5;
}

/** 0 stands back, 1 plain, 2 chosen. */
export function emphasis(frame: Frame, point: number): 0 | 1 | 2 {
  if (frame.hovered === point || frame.selected === frame.cloud.runs[point]) return 2;
  return frame.selected === null ? 1 : 0;
}
