import { PickleList, PickleObject, type PickleValue } from "../pickle/values";
import { numpyDType, type NumpyDType } from "./dtype";

/** A NumPy array that lies within a pickle. */
export interface PickledArray extends NumpyDType {
  readonly shape: readonly number[];
  readonly columnMajor: boolean;
  readonly bytes: Uint8Array;
}

/** The array or scalar that an object in a pickle stands for; null where it is none, or of Python objects. */
export function pickledArray(value: PickleObject): PickledArray | null {
  const callee = value.calleeName.replace("numpy._core.", "numpy.core.");
  if (callee === "numpy.core.multiarray.scalar" && value.args instanceof PickleList) {
    const [dtype, bytes] = value.args.items;
    return array([], false, dtype, bytes);
  }
  if (callee !== "numpy.core.multiarray._reconstruct" || !(value.state instanceof PickleList))
    return null;
  const [, shape, dtype, columnMajor, bytes] = value.state.items;
  if (!(shape instanceof PickleList)) return null;
  const sizes = shape.items.filter((size) => typeof size === "number");
  return sizes.length === shape.items.length
    ? array(sizes, columnMajor === true, dtype, bytes)
    : null;
}

function array(
  shape: readonly number[],
  columnMajor: boolean,
  dtype: PickleValue | undefined,
  data: PickleValue | undefined,
): PickledArray | null {
  const type = pickledDType(dtype);
  const bytes = pickledBytes(data);
  return type && bytes ? { ...type, shape, columnMajor, bytes } : null;
}

/** dtype("f4", False, True) with a state whose second item is the byte order. */
function pickledDType(value: PickleValue | undefined): NumpyDType | null {
  if (!(value instanceof PickleObject) || value.calleeName !== "numpy.dtype") return null;
  const name = value.args instanceof PickleList ? value.args.items[0] : null;
  const order = value.state instanceof PickleList ? value.state.items[1] : "|";
  return typeof name === "string" && typeof order === "string" ? numpyDType(order + name) : null;
}

/** Bytes, also as protocol 2 writes them: a text to be encoded as Latin-1. */
function pickledBytes(value: PickleValue | undefined): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return Buffer.from(value, "latin1");
  const encoded = value instanceof PickleObject && value.calleeName === "_codecs.encode";
  const text = encoded && value.args instanceof PickleList ? value.args.items[0] : null;
  return typeof text === "string" ? Buffer.from(text, "latin1") : null;
}
