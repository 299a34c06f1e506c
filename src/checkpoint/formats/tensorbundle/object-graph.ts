import { asInteger, messageFields, readVarint } from "../protobuf/wire";

type Fail = (reason: string) => never;

/**
 * Full names of variables by their keys in the bundle, of a TrackableObjectGraph
 * (tensorflow/core/protobuf/trackable_object_graph.proto): nodes, each with attributes, each of a full name and a key.
 */
export function fullNames(graph: Uint8Array, fail: Fail): Map<string, string> {
  const names = new Map<string, string>();
  for (const node of messages(graph, 1, fail))
    for (const attribute of messages(node, 2, fail)) {
      let [fullName, key] = ["", ""];
      for (const { number, wire, start, end } of messageFields(attribute, fail)) {
        if (wire !== 2) continue;
        if (number === 2) fullName = utf8(attribute.subarray(start, end));
        if (number === 3) key = utf8(attribute.subarray(start, end));
      }
      if (fullName !== "" && key !== "") names.set(key, fullName);
    }
  return names;
}

/** The bytes of a scalar string tensor: its length, the length's checksum in four bytes, the text. */
export function scalarString(bytes: Uint8Array, fail: Fail): Uint8Array {
  const length = readVarint(bytes, 0);
  const start = (length?.next ?? 0) + 4;
  if (!length || start + asInteger(length) !== bytes.length)
    return fail("an object graph of another length than it says");
  return bytes.subarray(start);
}

function* messages(bytes: Uint8Array, wanted: number, fail: Fail): Generator<Uint8Array> {
  for (const { number, wire, start, end } of messageFields(bytes, fail))
    if (number === wanted && wire === 2) yield bytes.subarray(start, end);
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
