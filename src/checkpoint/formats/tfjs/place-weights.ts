import { elementBytes, type DType } from "../../dtype";
import { quoted } from "../../quoted";
import { elementCount } from "../../shape";
import type { Concatenated } from "../concatenated";
import type { StoredTensor } from "../stored-checkpoint";
import type { ManifestWeight } from "./manifest";
import { dequantised } from "./quantised";

type Placed = Pick<StoredTensor, "dtype" | "shape" | "parameters" | "elements">;

const dtypes: Record<Exclude<ManifestWeight["dtype"], "string">, DType> = {
  float32: "F32",
  float16: "F16",
  int32: "I32",
  bool: "BOOL",
  complex64: "C64",
  uint8: "U8",
  uint16: "U16",
};

/**
 * Weights of a group, one after the other in the stream of its files; null for text. Weights quantised to float16 are
 * listed as the float16 they are stored in.
 * @param fail throws the reader's own error
 */
export async function* placeWeights(
  stream: Concatenated,
  weights: readonly ManifestWeight[],
  fail: (reason: string) => never,
): AsyncGenerator<{ weight: ManifestWeight; tensor: Placed | null }> {
  let start = 0;
  for (const weight of weights) {
    const { name, shape, dtype, quantization } = weight;
    const parameters = elementCount(shape);
    const trouble = (reason: string) => fail(`weight ${quoted(name)} ${reason}`);
    if (!Number.isSafeInteger(parameters * 8)) trouble("has a shape that is too large");
    if (dtype === "string") {
      start = await afterText(stream, start, parameters, trouble);
      yield { weight, tensor: null };
      continue;
    }
    const stored = dtypes[quantization?.dtype ?? dtype];
    const bytes = parameters * elementBytes(stored);
    if (start + bytes > stream.size)
      trouble(`needs bytes ${start} to ${start + bytes} of ${stream.size} in its group's files`);
    const elements = stream.elements(start, bytes);
    start += bytes;
    if (!quantization || quantization.dtype === "float16") {
      if (quantization && dtype !== "float32") trouble(`of ${dtype} is quantised to float16`);
      yield { weight, tensor: { dtype: stored, shape, parameters, elements } };
      continue;
    }
    const { scale, min } = quantization;
    if (scale === undefined || min === undefined || (dtype !== "float32" && dtype !== "int32"))
      return trouble(
        `of ${dtype} is quantised without scale and min, or has a type that cannot be`,
      );
    const width = quantization.dtype === "uint8" ? 1 : 2;
    const restored = dequantised(elements, { width, scale, min }, dtype === "int32");
    yield { weight, tensor: { dtype: dtypes[dtype], shape, parameters, elements: restored } };
  }
}

/** Text is stored as length and bytes of each element: only a walk finds its end. */
async function afterText(
  stream: Concatenated,
  start: number,
  count: number,
  trouble: (reason: string) => never,
): Promise<number> {
  const length = new DataView(new ArrayBuffer(4));
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 4 > stream.size) trouble("of text passes the end of its group's files");
    await stream.read(at, new Uint8Array(length.buffer));
    at += 4 + length.getUint32(0, true);
  }
  if (at > stream.size) trouble("of text passes the end of its group's files");
  return at;
}
