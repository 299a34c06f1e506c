import type { DType } from "../../dtype";
import { PickleGlobal, PickleList, PicklePersistent, type PickleValue } from "../../pickle/values";

/** Memory that tensors share, as a pickle refers to it. */
export interface TorchStorage {
  readonly dtype: DType;
  readonly key: string;
  /** How many it has of its dtype. */
  readonly elements: number;
  /** Where a view of another storage begins in that, in elements; only the legacy format has them. */
  readonly viewOffset: number;
}

const dtypes: Readonly<Partial<Record<string, DType>>> = {
  DoubleStorage: "F64",
  FloatStorage: "F32",
  HalfStorage: "F16",
  BFloat16Storage: "BF16",
  LongStorage: "I64",
  IntStorage: "I32",
  ShortStorage: "I16",
  CharStorage: "I8",
  ByteStorage: "U8",
  BoolStorage: "BOOL",
  ComplexFloatStorage: "C64",
  ComplexDoubleStorage: "C128",
  // Quantised integers: what scales them is kept elsewhere.
  QInt8Storage: "I8",
  QUInt8Storage: "U8",
  QInt32Storage: "I32",
  UntypedStorage: "U8",
};

/**
 * The storage that a persistent id ("storage", type, key, location, elements) names, in the legacy format with
 * (view key, offset, size) or None behind; null for anything else.
 */
export function torchStorage(value: PickleValue | undefined): TorchStorage | null {
  if (!(value instanceof PicklePersistent) || !(value.id instanceof PickleList)) return null;
  const [kind, type, key, , rootElements, view] = value.id.items;
  if (kind !== "storage" || !(type instanceof PickleGlobal)) return null;
  const dtype = Object.hasOwn(dtypes, type.name) ? dtypes[type.name] : undefined;
  const [, viewOffset, elements] =
    view instanceof PickleList ? view.items : [null, 0, rootElements];
  if (!dtype || (typeof key !== "string" && typeof key !== "number")) return null;
  if (!isCount(elements) || !isCount(viewOffset)) return null;
  return { dtype, key: String(key), elements, viewOffset };
}

function isCount(value: PickleValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
