import type { DType } from "../../dtype";

/** DataType of tensorflow/core/framework/types.proto; strings, resources and variants are not tensors of numbers. */
export const dataTypes: ReadonlyMap<number, DType> = new Map([
  [1, "F32"],
  [2, "F64"],
  [3, "I32"],
  [4, "U8"],
  [5, "I16"],
  [6, "I8"],
  [8, "C64"],
  [9, "I64"],
  [10, "BOOL"],
  [11, "I8"], // qint8
  [12, "U8"], // quint8
  [13, "I32"], // qint32
  [14, "BF16"],
  [15, "I16"], // qint16
  [16, "U16"], // quint16
  [17, "U16"],
  [18, "C128"],
  [19, "F16"],
  [22, "U32"],
  [23, "U64"],
  [24, "F8_E5M2"],
  [25, "F8_E4M3"],
]);
