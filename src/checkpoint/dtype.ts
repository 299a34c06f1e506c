/** Bytes of one element of each element type, named as safetensors names them. */
const bytesByDType = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const;

/** Element type of a tensor. F8_E4M3 is the finite variant (e4m3fn): no infinities, one NaN per sign. */
export type DType = keyof typeof bytesByDType;

/** Element types whose values are read as weights; the others are counted and listed only. */
export type FloatDType = "F64" | "F32" | "F16" | "BF16" | "F8_E4M3" | "F8_E5M2";

export function isDType(name: string): name is DType {
  return Object.hasOwn(bytesByDType, name);
}

export function isFloat(dtype: DType): dtype is FloatDType {
  return dtype.startsWith("F") || dtype === "BF16";
}

/** Bytes of one element. */
export function elementBytes(dtype: DType): number {
  return bytesByDType[dtype];
}
