/**
 * How an element type lies in memory: `elements` of them take `bytes` bytes; most stand alone, sub-byte and quantised
 * types come in blocks. Of "float" types the values can be read as weights, of "integer" types as numbers; "opaque"
 * types are listed with their size only.
 */
interface Layout {
  readonly kind: "float" | "integer" | "opaque";
  readonly elements: number;
  readonly bytes: number;
}

const plain = <Kind extends Layout["kind"]>(kind: Kind, bytes: number) =>
  ({ kind, elements: 1, bytes }) as const;
const block = <Kind extends Layout["kind"]>(kind: Kind, elements: number, bytes: number) =>
  ({ kind, elements, bytes }) as const;

/** Element types that stand alone and decode to a float, named as safetensors names them. */
const plainFloats = {
  F64: plain("float", 8),
  F32: plain("float", 4),
  F16: plain("float", 2),
  BF16: plain("float", 2),
  F8_E4M3: plain("float", 1),
  F8_E5M2: plain("float", 1),
};

/** Elements are 0 or 1 in BOOL. */
const integers = {
  I64: plain("integer", 8),
  I32: plain("integer", 4),
  I16: plain("integer", 2),
  I8: plain("integer", 1),
  U64: plain("integer", 8),
  U32: plain("integer", 4),
  U16: plain("integer", 2),
  U8: plain("integer", 1),
  BOOL: plain("integer", 1),
};

/** Quantised types of GGUF that can be dequantised, with elements and bytes of a block (ggml's type traits). */
const quantised = {
  Q4_0: block("float", 32, 18),
  Q4_1: block("float", 32, 20),
  Q5_0: block("float", 32, 22),
  Q5_1: block("float", 32, 24),
  Q8_0: block("float", 32, 34),
  Q2_K: block("float", 256, 84),
  Q3_K: block("float", 256, 110),
  Q4_K: block("float", 256, 144),
  Q5_K: block("float", 256, 176),
  Q6_K: block("float", 256, 210),
  Q8_K: block("float", 256, 292),
};

/** Types whose size is known but whose values are not read. */
const opaque = {
  C32: plain("opaque", 4),
  C64: plain("opaque", 8),
  C128: plain("opaque", 16),
  F8_E8M0: plain("opaque", 1),
  F8_E4M3FNUZ: plain("opaque", 1),
  F8_E5M2FNUZ: plain("opaque", 1),
  F6_E2M3: block("opaque", 4, 3),
  F6_E3M2: block("opaque", 4, 3),
  F4: block("opaque", 2, 1),
  I4: block("opaque", 2, 1),
  U4: block("opaque", 2, 1),
  /** Two bytes of unknown meaning: NumPy writes bfloat16 so. */
  V2: plain("opaque", 2),
  V1: plain("opaque", 1),
  IQ1_S: block("opaque", 256, 50),
  IQ1_M: block("opaque", 256, 56),
  IQ2_XXS: block("opaque", 256, 66),
  IQ2_XS: block("opaque", 256, 74),
  IQ2_S: block("opaque", 256, 82),
  IQ3_XXS: block("opaque", 256, 98),
  IQ3_S: block("opaque", 256, 110),
  IQ4_NL: block("opaque", 32, 18),
  IQ4_XS: block("opaque", 256, 136),
  TQ1_0: block("opaque", 256, 54),
  TQ2_0: block("opaque", 256, 66),
  MXFP4: block("opaque", 32, 17),
  NVFP4: block("opaque", 64, 36),
  Q1_0: block("opaque", 128, 18),
};

const layouts = { ...plainFloats, ...integers, ...quantised, ...opaque };

/** Element type of a tensor. F8_E4M3 is the finite variant (e4m3fn): no infinities, one NaN per sign. */
export type DType = keyof typeof layouts;
/** Element types that stand alone and decode to a float by themselves. */
export type PlainFloatDType = keyof typeof plainFloats;
export type IntegerDType = keyof typeof integers;
/** Element types of which a block of bytes decodes to a block of floats. */
export type QuantisedDType = keyof typeof quantised;
/** Element types whose values are read as weights; the others are not counted in distances. */
export type FloatDType = PlainFloatDType | QuantisedDType;

export function isDType(name: string): name is DType {
  return Object.hasOwn(layouts, name);
}

/** Whether the values can be read as weights (quantised types too). */
export function isFloat(dtype: DType): dtype is FloatDType {
  return layouts[dtype].kind === "float";
}

export function isInteger(dtype: DType): dtype is IntegerDType {
  return layouts[dtype].kind === "integer";
}

export function isQuantised(dtype: DType): dtype is QuantisedDType {
  return Object.hasOwn(quantised, dtype);
}

/** Elements that are stored together, 1 but for quantised and sub-byte types, and the bytes they take. */
export function blockOf(dtype: DType): { readonly elements: number; readonly bytes: number } {
  return layouts[dtype];
}

/**
 * Bytes of one element.
 * @throws RangeError for a type whose elements do not stand alone
 */
export function elementBytes(dtype: DType): number {
  const { elements, bytes } = layouts[dtype];
  if (elements !== 1) throw new RangeError(`elementBytes: ${dtype} comes in blocks`);
  return bytes;
}

/** Bytes of this many elements; NaN where they do not fill whole blocks or the number is above 2^53 - 1. */
export function tensorBytes(dtype: DType, parameters: number): number {
  const { elements, bytes } = layouts[dtype];
  const total = (parameters / elements) * bytes;
  return parameters % elements === 0 && Number.isSafeInteger(total) ? total : NaN;
}
