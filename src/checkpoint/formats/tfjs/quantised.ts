import type { Elements } from "../elements";

const BLOCK = 1 << 20;

/** How a weight was mapped to small integers: w = q * scale + min. */
export interface Quantisation {
  /** Bytes of q, unsigned. */
  readonly width: 1 | 2;
  readonly scale: number;
  readonly min: number;
}

/** Elements of F32, or of I32 where `rounded`, as tfjs restores them: computed in float64, then stored. */
export function dequantised(
  stored: Elements,
  { width, scale, min }: Quantisation,
  rounded: boolean,
): Elements {
  return { raw: null, read };

  async function read(offset: number, into: Uint8Array): Promise<void> {
    const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
    const count = into.length / 4;
    for (let done = 0; done < count; done += BLOCK) {
      const part = new Uint8Array(Math.min(BLOCK, count - done) * width);
      await stored.read((offset / 4 + done) * width, part);
      const codes = width === 1 ? part : new Uint16Array(part.buffer);
      codes.forEach((code: number, i: number) => {
        const value = code * scale + min;
        if (rounded) view.setInt32(4 * (done + i), Math.round(value), true);
        else view.setFloat32(4 * (done + i), value, true);
      });
    }
  }
}
