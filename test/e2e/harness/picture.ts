import { inflateSync } from "node:zlib";

/**
 * How many different colours a screenshot has: an empty canvas has one or a few, a drawing with smooth edges many.
 * @param png as Playwright makes them: 8 bits a channel, RGB or RGBA, not interlaced.
 */
export function inkColours(png: Buffer): number {
  const width = png.readUInt32BE(16);
  const channels = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * channels, channels);
  const colours = new Set<number>();
  for (let i = 0; i < rows.length; i += channels)
    colours.add((rows[i] << 16) | (rows[i + 1] << 8) | rows[i + 2]);
  return colours.size;
}

/** Undoes PNG's row filters (RFC 2083, section 6). */
function unfilter(bytes: Buffer, stride: number, channels: number): Uint8Array {
  const height = bytes.length / (stride + 1);
  const out = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = bytes[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < channels ? 0 : out[at - channels];
      const up = y === 0 ? 0 : out[at - stride];
      const upLeft = x < channels || y === 0 ? 0 : out[at - stride - channels];
      out[at] = bytes[y * (stride + 1) + 1 + x] + predict(filter, left, up, upLeft);
    }
  }
  return out;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - upLeft;
  const [a, b, c] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}
