import type { ByteSource } from "../../byte-source";
import type { Checkpoint } from "../../checkpoint";
import { tensorBytes } from "../../dtype";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { ParseError } from "../../parse-error";
import { parsePrefix } from "../../parse-prefix";
import { unpickle } from "../../pickle/unpickle";
import { PickleDict, PickleList, type PickleValue } from "../../pickle/values";
import { quoted } from "../../quoted";
import { openPickled, type StoragePlace } from "./open-pickled";
import { findStorages } from "./storages";

/** 0x1950a86a20f9469cfc6c, little-endian, as the opcode LONG1 holds it. */
const MAGIC = Buffer.from("8a0a6cfc9c46f9206aa85019", "hex");
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/**
 * What torch.save wrote before PyTorch 1.6: five pickles (magic number, protocol, system, object, keys), then each
 * key's storage: its number of elements in 8 bytes, then their bytes (torch/serialization.py, _legacy_save).
 */
export const pytorchLegacy: CheckpointFormat = {
  recognises: (head) => {
    const start = Buffer.from(head.subarray(0, 64));
    return start.includes(MAGIC) || start.includes(`L${MAGIC_NUMBER}L\n.`);
  },
  open: openLegacy,
};

async function openLegacy(file: ByteSource): Promise<Checkpoint> {
  const { values, end } = await parsePrefix(file, "pickle", (bytes) => pickles(bytes, 5));
  const [magic, protocol, system, root, keys] = values;
  const fail = (reason: string): never => {
    throw new CheckpointError(file.path, reason, 0);
  };
  if (magic !== MAGIC_NUMBER || protocol !== PROTOCOL) fail("not a PyTorch file of protocol 1001");
  const bigEndian = system instanceof PickleDict && system.get("little_endian") === false;
  const places = await placeStorages(file, root, keys, end, bigEndian);
  return openPickled({
    file,
    format: "PyTorch (legacy)",
    root,
    pickleBytes: end,
    bigEndian,
    place: ({ key }) => {
      const place = places.get(key) ?? fail(`the storage ${quoted(key)} is missing`);
      return Promise.resolve(place);
    },
  });
}

/** Pickles that follow one another, and where the last ends. */
function pickles(bytes: Uint8Array, count: number): { values: PickleValue[]; end: number } {
  const values: PickleValue[] = [];
  let end = 0;
  try {
    while (values.length < count) {
      const { value, length } = unpickle(bytes.subarray(end));
      values.push(value);
      end += length;
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ParseError(error.reason, end + error.offset, error.early);
  }
  return { values, end };
}

/** Storages lie in the order of the keys, each as long as its own count and the type its tensors give it. */
async function placeStorages(
  file: ByteSource,
  root: PickleValue,
  keys: PickleValue,
  start: number,
  bigEndian: boolean,
): Promise<Map<string, StoragePlace>> {
  const storages = findStorages(root);
  const places = new Map<string, StoragePlace>();
  const size = await file.size();
  let at = start;
  for (const item of keys instanceof PickleList ? keys.items : []) {
    const key = typeof item === "string" || typeof item === "number" ? String(item) : "";
    const storage = storages.get(key);
    const fail = (reason: string): never => {
      throw new CheckpointError(file.path, `the storage ${quoted(key)} ${reason}`, at);
    };
    if (!storage) return fail("is of no known type");
    if (places.has(key)) fail("occurs twice");
    const count = new DataView(new ArrayBuffer(8));
    await file.read(new Uint8Array(count.buffer), at);
    const bytes = tensorBytes(storage.dtype, Number(count.getBigInt64(0, !bigEndian)));
    if (!(bytes >= 0 && at + 8 + bytes <= size)) fail("goes beyond the end of the file");
    places.set(key, { source: file, offset: at + 8, bytes });
    at += 8 + bytes;
  }
  return places;
}
