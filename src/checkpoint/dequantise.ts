import { halves } from "./decode";
import { blockOf, type QuantisedDType } from "./dtype";

/** Decodes the block of bytes that begins at `at` into the floats from `out` on. */
type Decoder = (bytes: DataView, at: number, into: Float32Array, out: number) => void;

const round = Math.fround;

/**
 * Decodes whole blocks of GGUF's quantised types, rounding to float32 after each operation, as the gguf package does
 * (gguf/quants.py; Q8_K as ggml-quants.c).
 * @param into as many floats as the blocks hold
 */
export function dequantise(bytes: Uint8Array, dtype: QuantisedDType, into: Float32Array): void {
  const block = blockOf(dtype);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decode = decoders[dtype];
  for (let i = 0; i * block.elements < into.length; i++)
    decode(view, i * block.bytes, into, i * block.elements);
}

const half = (bytes: DataView, at: number) => halves()[bytes.getUint16(at, true)];

/** Of 32 elements, the first 16 in the low halves of 16 bytes, the others in the high halves. */
const nibble = (bytes: DataView, at: number, i: number) =>
  i < 16 ? bytes.getUint8(at + i) & 15 : bytes.getUint8(at + i - 16) >> 4;
const bit = (bits: number, i: number) => (bits >>> i) & 1;

/** Of 256 elements of two bits, 128 in each 32 bytes: 32 in the lowest bits, then 32 in the next. */
const twoBits = (bytes: DataView, at: number, i: number) =>
  (bytes.getUint8(at + (i >> 7) * 32 + (i & 31)) >> (((i >> 5) & 3) * 2)) & 3;

const decoders: Readonly<Record<QuantisedDType, Decoder>> = {
  Q4_0: (bytes, at, into, out) => {
    const scale = half(bytes, at);
    for (let i = 0; i < 32; i++) into[out + i] = scale * (nibble(bytes, at + 2, i) - 8);
  },

  Q4_1: (bytes, at, into, out) => {
    const scale = half(bytes, at);
    const least = half(bytes, at + 2);
    for (let i = 0; i < 32; i++) into[out + i] = round(scale * nibble(bytes, at + 4, i)) + least;
  },

  Q5_0: (bytes, at, into, out) => {
    const scale = half(bytes, at);
    const high = bytes.getUint32(at + 2, true);
    for (let i = 0; i < 32; i++)
      into[out + i] = scale * ((nibble(bytes, at + 6, i) | (bit(high, i) << 4)) - 16);
  },

  Q5_1: (bytes, at, into, out) => {
    const scale = half(bytes, at);
    const least = half(bytes, at + 2);
    const high = bytes.getUint32(at + 4, true);
    for (let i = 0; i < 32; i++)
      into[out + i] = round(scale * (nibble(bytes, at + 8, i) | (bit(high, i) << 4))) + least;
  },

  Q8_0: (bytes, at, into, out) => {
    const scale = half(bytes, at);
    for (let i = 0; i < 32; i++) into[out + i] = scale * bytes.getInt8(at + 2 + i);
  },

  // 16 bytes of scales and minima, 64 of elements, the scales of both.
  Q2_K: (bytes, at, into, out) => {
    const scale = half(bytes, at + 80);
    const least = half(bytes, at + 82);
    for (let i = 0; i < 256; i++) {
      const both = bytes.getUint8(at + (i >> 4));
      into[out + i] =
        round(round(scale * (both & 15)) * twoBits(bytes, at + 16, i)) - round(least * (both >> 4));
    }
  },

  // 32 bytes of high bits, 64 of low ones, 12 of scales, the scale of these.
  Q3_K: (bytes, at, into, out) => {
    const scale = half(bytes, at + 108);
    for (let i = 0; i < 256; i++) {
      const high = bit(bytes.getUint8(at + (i & 31)), i >> 5);
      const value = twoBits(bytes, at + 32, i) - (high === 1 ? 0 : 4);
      into[out + i] = round(scale * scaleQ3(bytes, at + 96, i >> 4)) * value;
    }
  },

  // Scale, scale of the minima, 12 bytes of both, 128 of elements.
  Q4_K: (bytes, at, into, out) => {
    for (let part = 0; part < 8; part++) {
      const [scale, least] = scalesQ4(bytes, at, part);
      for (let i = 0; i < 32; i++) {
        const byte = bytes.getUint8(at + 16 + (part >> 1) * 32 + i);
        const value = (byte >> ((part & 1) * 4)) & 15;
        into[out + part * 32 + i] = round(scale * value) - least;
      }
    }
  },

  // As Q4_K, with 32 bytes of high bits before the elements.
  Q5_K: (bytes, at, into, out) => {
    for (let part = 0; part < 8; part++) {
      const [scale, least] = scalesQ4(bytes, at, part);
      for (let i = 0; i < 32; i++) {
        const byte = bytes.getUint8(at + 48 + (part >> 1) * 32 + i);
        const high = bit(bytes.getUint8(at + 16 + i), part);
        const value = ((byte >> ((part & 1) * 4)) & 15) | (high << 4);
        into[out + part * 32 + i] = round(scale * value) - least;
      }
    }
  },

  // 128 bytes of low halves, 64 of high bits, 16 scales, the scale of these.
  Q6_K: (bytes, at, into, out) => {
    const scale = half(bytes, at + 208);
    for (let i = 0; i < 256; i++) {
      const byte = bytes.getUint8(at + (i >> 7) * 64 + (i & 63));
      const low = (byte >> (((i >> 6) & 1) * 4)) & 15;
      const value = (low | (twoBits(bytes, at + 128, i) << 4)) - 32;
      into[out + i] = round(scale * bytes.getInt8(at + 192 + (i >> 4))) * value;
    }
  },

  // A float32 scale, the elements, sums of them.
  Q8_K: (bytes, at, into, out) => {
    const scale = bytes.getFloat32(at, true);
    for (let i = 0; i < 256; i++) into[out + i] = scale * bytes.getInt8(at + 4 + i);
  },
};

/** Of 16 scales of six bits, the four low bits in 8 bytes, the two high ones in 4 bytes behind. */
function scaleQ3(bytes: DataView, at: number, i: number): number {
  const low = (bytes.getUint8(at + (i & 7)) >> ((i >> 3) * 4)) & 15;
  const high = (bytes.getUint8(at + 8 + (i & 3)) >> ((i >> 2) * 2)) & 3;
  return (low | (high << 4)) - 32;
}

/** Of 8 scales and 8 minima of six bits: four each in 8 bytes, the others split over those and 4 bytes behind. */
function scalesQ4(bytes: DataView, at: number, part: number): [number, number] {
  const byte = (i: number) => bytes.getUint8(at + 4 + i);
  const i = part & 3;
  const scale = part < 4 ? byte(i) & 63 : (byte(8 + i) & 15) | ((byte(i) >> 2) & 48);
  const least = part < 4 ? byte(4 + i) & 63 : (byte(8 + i) >> 4) | ((byte(4 + i) >> 2) & 48);
  return [round(half(bytes, at) * scale), round(half(bytes, at + 2) * least)];
}
