import type { DType } from "../dtype";

export interface NumpyDType {
  readonly dtype: DType;
  readonly bigEndian: boolean;
}

const kinds: Readonly<Partial<Record<string, DType>>> = {
  f2: "F16",
  f4: "F32",
  f8: "F64",
  i1: "I8",
  i2: "I16",
  i4: "I32",
  i8: "I64",
  u1: "U8",
  u2: "U16",
  u4: "U32",
  u8: "U64",
  b1: "BOOL",
  c8: "C64",
  c16: "C128",
  // bfloat16 and the float8 types of ml_dtypes are void to NumPy: what they were is not in the file.
  V1: "V1",
  V2: "V2",
};

/** The element type of an array protocol type string such as "<f4" (numpy.dtype.str); null for any other. */
export function numpyDType(descr: string): NumpyDType | null {
  const match = /^([<>|=]?)([a-zA-Z]\d{1,2})$/.exec(descr);
  const dtype = kinds[match?.[2] ?? ""];
  return match && dtype ? { dtype, bigEndian: match[1] === ">" } : null;
}

const names: Readonly<Partial<Record<string, DType>>> = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
  float8_e4m3fn: "F8_E4M3",
  float8_e5m2: "F8_E5M2",
  float8_e4m3fnuz: "F8_E4M3FNUZ",
  float8_e5m2fnuz: "F8_E5M2FNUZ",
  float8_e8m0fnu: "F8_E8M0",
  complex32: "C32",
  complex64: "C64",
  complex128: "C128",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint64: "U64",
  uint32: "U32",
  uint16: "U16",
  uint8: "U8",
  bool: "BOOL",
};

/** The element type of a name that NumPy, ml_dtypes, JAX and PyTorch share, such as "bfloat16"; null for any other. */
export function dtypeOfName(name: string): DType | null {
  return Object.hasOwn(names, name) ? (names[name] ?? null) : null;
}
