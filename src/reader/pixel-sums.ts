import type { Reduction } from "../protocol/checkpoint-editor";
import type { Numbers } from "./read-elements";

/** Sums up elements under pixels. A pixel with an element that is not finite becomes NaN. */
export interface PixelSums {
  /** Adds `count` elements from `from` on, `stride` apart, to a pixel. */
  add(pixel: number, values: Numbers, from: number, count: number, stride: number): void;
  /** The pixels; those without elements are NaN. */
  finish(): Float32Array;
}

export function pixelSums(reduction: Reduction, pixels: number): PixelSums {
  return reduction === "mean" ? means(pixels) : extremes(pixels);
}

function means(pixels: number): PixelSums {
  const sums = new Float64Array(pixels);
  const counts = new Float64Array(pixels);
  return {
    add(pixel, values, from, count, stride) {
      let sum = 0;
      for (let i = 0, at = from; i < count; i++, at += stride) sum += values[at];
      sums[pixel] += sum;
      counts[pixel] += count;
    },
    finish: () =>
      Float32Array.from(sums, (sum, pixel) => {
        const mean = sum / counts[pixel];
        return Number.isFinite(mean) ? mean : NaN;
      }),
  };
}

/** The element farthest from zero, with its sign. */
function extremes(pixels: number): PixelSums {
  const farthest = new Float64Array(pixels).fill(NaN);
  const broken = new Uint8Array(pixels);
  return {
    add(pixel, values, from, count, stride) {
      let low = Infinity;
      let high = -Infinity;
      let finite = true;
      for (let i = 0, at = from; i < count; i++, at += stride) {
        const value = values[at];
        if (value < low) low = value;
        if (value > high) high = value;
        if (!Number.isFinite(value)) finite = false;
      }
      if (!finite) broken[pixel] = 1;
      const value = -low > high ? low : high;
      const before = farthest[pixel];
      if (!(Math.abs(before) >= Math.abs(value))) farthest[pixel] = value;
    },
    finish: () => Float32Array.from(farthest, (value, pixel) => (broken[pixel] ? NaN : value)),
  };
}
