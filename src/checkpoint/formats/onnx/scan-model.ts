import type { FileFields } from "../protobuf/file-fields";
import type { WireField } from "../protobuf/wire";
import { scanSparse, scanTensor, stringPair, type ScannedTensor } from "./scan-tensor";

/** What of an ONNX model concerns its weights. */
export interface ScannedModel {
  readonly scanned: readonly ScannedTensor[];
  /** Names that batch normalisation reads its running mean and variance from. */
  readonly statistics: ReadonlySet<string>;
  readonly metadata: Map<string, string>;
  readonly hasGraph: boolean;
}

const MAX_TENSORS = 1_000_000;
const MAX_METADATA = 10_000;
const MAX_TEXT = 1 << 16;
/** ModelProto's own texts and numbers, by field number. */
const modelTexts = new Map([
  [2, "producer_name"],
  [3, "producer_version"],
  [4, "domain"],
  [6, "doc_string"],
]);
const modelNumbers = new Map([
  [1, "ir_version"],
  [5, "model_version"],
]);

/** Walks a ModelProto (onnx.proto) by its tags; of nodes and initializers it reads the descriptions only. */
export async function scanModel(fields: FileFields): Promise<ScannedModel> {
  const tensors: ScannedTensor[] = [];
  const statistics = new Set<string>();
  const metadata = new Map<string, string>();
  let hasGraph = false;
  for (let at = 0; at < fields.size;) {
    const field = await fields.at(at, fields.size);
    const text = modelTexts.get(field.number);
    const number = modelNumbers.get(field.number);
    if (text !== undefined && field.wire === 2 && field.end > field.start)
      metadata.set(text, await fields.text(field, MAX_TEXT));
    else if (number !== undefined && field.wire === 0) metadata.set(number, String(field.value));
    else if (field.number === 14 && field.wire === 2) {
      metadata.set(...(await stringPair(fields, field)));
      if (metadata.size > MAX_METADATA) fields.fail(`more than ${MAX_METADATA} metadata`, at);
    } else if (field.number === 7 && field.wire === 2) {
      hasGraph = true;
      await scanGraph(fields, field, tensors, statistics);
    }
    at = field.end;
  }
  return { scanned: tensors, statistics, metadata, hasGraph };
}

async function scanGraph(
  fields: FileFields,
  graph: WireField,
  tensors: ScannedTensor[],
  statistics: Set<string>,
): Promise<void> {
  for (let at = graph.start; at < graph.end;) {
    const field = await fields.at(at, graph.end);
    if (field.wire === 2) {
      if (field.number === 1) await scanNode(fields, field, tensors, statistics);
      if (field.number === 5) tensors.push(await scanTensor(fields, field));
      if (field.number === 15) {
        const sparse = await scanSparse(fields, field);
        if (sparse) tensors.push(sparse);
        else fields.fail("a sparse initializer without values", field.start);
      }
    }
    if (tensors.length > MAX_TENSORS) fields.fail(`more than ${MAX_TENSORS} tensors`, at);
    at = field.end;
  }
}

/** Of a NodeProto: the tensor of a Constant under the name of its output, or the statistics of a BatchNormalization. */
async function scanNode(
  fields: FileFields,
  node: WireField,
  tensors: ScannedTensor[],
  statistics: Set<string>,
): Promise<void> {
  const inputs: string[] = [];
  const attributes: WireField[] = [];
  let output = "";
  let operator = "";
  for (let at = node.start; at < node.end;) {
    const field = await fields.at(at, node.end);
    if (field.wire === 2) {
      if (field.number === 1 && inputs.length < 5) inputs.push(await fields.text(field, MAX_TEXT));
      if (field.number === 2) output ||= await fields.text(field, MAX_TEXT);
      if (field.number === 4) operator = await fields.text(field, MAX_TEXT);
      if (field.number === 5 && attributes.length < 8) attributes.push(field);
    }
    at = field.end;
  }
  if (operator === "BatchNormalization") for (const name of inputs.slice(3)) statistics.add(name);
  if (operator !== "Constant" || output === "") return;
  for (const attribute of attributes)
    for (let at = attribute.start; at < attribute.end;) {
      const field = await fields.at(at, attribute.end);
      if (field.number === 5 && field.wire === 2) {
        const tensor = await scanTensor(fields, field);
        // Shapes and single factors are part of the program; what is longer may be a folded weight.
        const elements = tensor.dims.reduce((product, size) => product * size, 1);
        if (isFloatType(tensor.dataType) && elements > 1) tensors.push({ ...tensor, name: output });
      }
      at = field.end;
    }
}

function isFloatType(dataType: number): boolean {
  return [1, 10, 11, 16, 17, 19].includes(dataType);
}
