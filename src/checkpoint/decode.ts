import type { FloatArray, NumberArray } from "./checkpoint";
import type { IntegerDType, PlainFloatDType } from "./dtype";

/** Value of a small binary float: sign, `exponentBits`, `mantissaBits`, subnormals included, specials left out. */
function finiteValue(bits: number, exponentBits: number, mantissaBits: number): number {
  const bias = 2 ** (exponentBits - 1) - 1;
  const sign = bits >> (exponentBits + mantissaBits) ? -1 : 1;
  const exponent = (bits >> mantissaBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** mantissaBits - 1)) / 2 ** mantissaBits;
  return exponent === 0
    ? sign * fraction * 2 ** (1 - bias)
    : sign * (1 + fraction) * 2 ** (exponent - bias);
}

/** As IEEE 754: the largest exponent is kept for infinity and NaN. */
function ieeeTable(exponentBits: number, mantissaBits: number): Float32Array {
  const width = 1 + exponentBits + mantissaBits;
  const special = 2 ** exponentBits - 1;
  return Float32Array.from({ length: 2 ** width }, (_, bits) => {
    if (((bits >> mantissaBits) & special) !== special)
      return finiteValue(bits, exponentBits, mantissaBits);
    if ((bits & (2 ** mantissaBits - 1)) !== 0) return NaN;
    return bits >> (width - 1) ? -Infinity : Infinity;
  });
}

/** e4m3fn (Micikevicius et al. 2022): no infinities, only the code of all ones is NaN. */
function e4m3Table(): Float32Array {
  return Float32Array.from({ length: 256 }, (_, bits) =>
    (bits & 0x7f) === 0x7f ? NaN : finiteValue(bits, 4, 3),
  );
}

const tables = new Map<PlainFloatDType, Float32Array>();
const makeTable = {
  F16: () => ieeeTable(5, 10),
  F8_E5M2: () => ieeeTable(5, 2),
  F8_E4M3: e4m3Table,
};

function table(dtype: keyof typeof makeTable): Float32Array {
  let made = tables.get(dtype);
  if (!made) tables.set(dtype, (made = makeTable[dtype]()));
  return made;
}

/** The value of every 16-bit code of float16. */
export function halves(): Float32Array {
  return table("F16");
}

/**
 * Decodes little-endian elements. Exact, but for F64 into a Float32Array, which rounds.
 * The host is taken to be little-endian, as every platform of VS Code and ONNX Runtime is.
 * @param bytes its `byteOffset` is a multiple of the element's size
 * @param into as long as `bytes` holds elements
 */
export function decodeFloats(bytes: Uint8Array, dtype: PlainFloatDType, into: FloatArray): void {
  const { buffer, byteOffset } = bytes;
  const count = into.length;
  switch (dtype) {
    case "F64":
      into.set(new Float64Array(buffer, byteOffset, count));
      return;
    case "F32":
      into.set(new Float32Array(buffer, byteOffset, count));
      return;
    case "BF16": {
      const source = new Uint16Array(buffer, byteOffset, count);
      const widened = into instanceof Float32Array ? into : new Float32Array(count);
      const bits = new Uint32Array(widened.buffer, widened.byteOffset, count);
      for (let i = 0; i < count; i++) bits[i] = source[i] << 16;
      if (widened !== into) into.set(widened);
      return;
    }
    case "F16": {
      const source = new Uint16Array(buffer, byteOffset, count);
      const values = table(dtype);
      for (let i = 0; i < count; i++) into[i] = values[source[i]];
      return;
    }
    case "F8_E4M3":
    case "F8_E5M2": {
      const values = table(dtype);
      for (let i = 0; i < count; i++) into[i] = values[bytes[i]];
      return;
    }
  }
}

const integerArrays = {
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U64: BigUint64Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
};

/**
 * Little-endian integers as numbers, exactly; a BOOL of any other byte than 0 is 1.
 * @param bytes its `byteOffset` is a multiple of the element's size
 */
export function decodeIntegers(bytes: Uint8Array, dtype: IntegerDType, count: number): NumberArray {
  const values = new integerArrays[dtype](bytes.buffer as ArrayBuffer, bytes.byteOffset, count);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return values;
  return Float64Array.from(values, (value) => (dtype === "BOOL" ? Number(value !== 0) : value));
}
