import { blend, readColours, type Rgb } from "../../ui/theme";

/** The colours of a diverging scale: both ends, zero between them, what is not a number, and the plane's edge. */
export interface ScaleColours {
  readonly negative: Rgb;
  readonly zero: Rgb;
  readonly positive: Rgb;
  readonly broken: Rgb;
  readonly edge: Rgb;
}

/** Reads them from the theme: see heatmap.css. */
export function readScale(element: HTMLElement): ScaleColours {
  const [negative, zero, positive, broken, edge] = readColours(element, [
    "--negative",
    "--zero",
    "--positive",
    "--broken",
    "--rule",
  ]);
  return { negative, zero, positive, broken, edge };
}

/** Steps from zero to either end. */
const STEPS = 255;

/** Colours values into 8-bit RGBA: zero at the scale's middle, what is beyond the limits as the ends are. */
export function paint(
  pixels: Float32Array,
  limit: number,
  { negative, zero, positive, broken }: ScaleColours,
): Uint8ClampedArray<ArrayBuffer> {
  const table = new Uint32Array(2 * STEPS + 2);
  for (let step = -STEPS; step <= STEPS; step++)
    table[step + STEPS] = packed(
      blend(zero, step < 0 ? negative : positive, Math.abs(step) / STEPS),
    );
  const brokenAt = 2 * STEPS + 1;
  table[brokenAt] = packed(broken);
  const out = new Uint32Array(pixels.length);
  const scale = limit > 0 ? STEPS / limit : 0;
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i];
    if (Number.isNaN(value)) {
      out[i] = table[brokenAt];
      continue;
    }
    const step = Math.round(value * scale);
    out[i] = table[(step > STEPS ? STEPS : step < -STEPS ? -STEPS : step) + STEPS];
  }
  return new Uint8ClampedArray(out.buffer);
}

/** As a little-endian machine keeps red, green, blue and alpha. */
function packed([red, green, blue]: Rgb): number {
  const byte = (part: number): number => Math.round(255 * part);
  return (byte(red) | (byte(green) << 8) | (byte(blue) << 16) | (255 << 24)) >>> 0;
}

/**
 * The value at which the scale ends: all but a few in a thousand lie within, so that one outlier does not leave
 * the rest grey.
 */
export function limitOf(pixels: Float32Array): number {
  const sizes = pixels.filter(Number.isFinite).map(Math.abs).sort();
  const robust = sizes.at(Math.floor(0.998 * (sizes.length - 1))) ?? 0;
  return robust > 0 ? robust : (sizes.at(-1) ?? 0);
}
