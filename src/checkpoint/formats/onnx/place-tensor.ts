import type { ByteSource } from "../../byte-source";
import type { UnreadableTensor } from "../../checkpoint";
import { blockOf, elementBytes, isFloat, isInteger, type DType } from "../../dtype";
import { CheckpointError } from "../../error";
import { quoted } from "../../quoted";
import { elementCount } from "../../shape";
import type { CompanionFiles } from "../companion-files";
import { plainElements, type Elements } from "../elements";
import type { StoredTensor } from "../stored-checkpoint";
import type { ScannedTensor } from "./scan-tensor";

/** TensorProto.DataType: our element type, and the typed field that may hold its elements. */
const dataTypes = new Map<number, readonly [DType, field: number]>([
  [1, ["F32", 4]],
  [2, ["U8", 5]],
  [3, ["I8", 5]],
  [4, ["U16", 5]],
  [5, ["I16", 5]],
  [6, ["I32", 5]],
  [7, ["I64", 7]],
  [9, ["BOOL", 5]],
  [10, ["F16", 5]],
  [11, ["F64", 10]],
  [12, ["U32", 11]],
  [13, ["U64", 11]],
  [16, ["BF16", 5]],
  [17, ["F8_E4M3", 5]],
  [19, ["F8_E5M2", 5]],
  [14, ["C64", 4]],
  [15, ["C128", 10]],
  [18, ["F8_E4M3FNUZ", 5]],
  [20, ["F8_E5M2FNUZ", 5]],
  [21, ["U4", 5]],
  [22, ["I4", 5]],
  [23, ["F4", 5]],
  [24, ["F8_E8M0", 5]],
]);

const TEXT = 8;

/**
 * Finds a tensor's elements: in raw_data, in a typed field or in another file, and checks that they are as many as
 * its shape says. Gives the reason for one that is not read: sparse, text, or of integers of two bits.
 * @throws CheckpointError
 */
export async function placeTensor(
  file: ByteSource,
  companions: CompanionFiles,
  scanned: ScannedTensor,
): Promise<StoredTensor | UnreadableTensor> {
  const { name, dims, offset } = scanned;
  const fail = (reason: string): never => {
    throw new CheckpointError(file.path, `initializer ${quoted(name)}: ${reason}`, offset);
  };
  if (name === "") fail("it has no name");
  if (scanned.unreadable !== null) return { name, reason: scanned.unreadable };
  const known = dataTypes.get(scanned.dataType);
  if (!known) return { name, reason: reasonOf(scanned.dataType) };
  const [dtype, typedField] = known;
  const parameters = elementCount(dims);
  const { elements, bytes: blockBytes } = blockOf(dtype);
  const bytes = Math.ceil(parameters / elements) * blockBytes;
  if (!Number.isSafeInteger(bytes)) fail("its shape is too large");
  return {
    name,
    role: "weight",
    dtype,
    shape: dims,
    parameters,
    elements: await findElements(),
  };

  async function findElements(): Promise<Elements> {
    if (scanned.external) return externalElements(scanned.external);
    if (scanned.raw) {
      if (scanned.raw.bytes !== bytes)
        fail(`${parameters} ${dtype} need ${bytes} bytes but it has ${scanned.raw.bytes}`);
      return plainElements(file, scanned.raw.start);
    }
    // Of what is listed only, typed data may hold one element in two numbers or two in one.
    if (!isFloat(dtype) && !isInteger(dtype)) return { raw: null, read: () => fail("is not read") };
    const typed = scanned.typed.get(typedField);
    if ((typed?.count ?? 0) !== parameters)
      fail(`${parameters} elements by its shape but ${typed?.count ?? 0} in its data`);
    if (!typed) return plainElements(file, offset);
    const width = elementBytes(dtype);
    const plain = typed.plain();
    if (plain !== null) return plainElements(file, plain);
    return { raw: null, read: (at, into) => typed.read(at / width, width, into) };
  }

  async function externalElements(keys: ReadonlyMap<string, string>): Promise<Elements> {
    const start = wholeNumber(keys.get("offset") ?? "0");
    const length = wholeNumber(keys.get("length") ?? String(bytes));
    const location = keys.get("location");
    if (location === undefined) return fail("external data without a location");
    if (start === null || length === null)
      return fail("external data at no valid offset or length");
    if (length !== bytes)
      fail(`${parameters} ${dtype} need ${bytes} bytes but its external data have ${length}`);
    const companion = await companions.open(location, offset);
    const size = await companion.size();
    if (start + length > size)
      fail(`its external data end at byte ${start + length} of a file of ${size} bytes`);
    return plainElements(companion, start);
  }
}

function reasonOf(dataType: number): string {
  return dataType === TEXT ? "holds text" : `has elements of ONNX's data type ${dataType}`;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
