import type { ByteSource } from "../byte-source";
import { CheckpointError } from "../error";
import type { CheckpointFormat } from "../format";
import { PlacedCheckpoint } from "../placed-checkpoint";
import { JsonError } from "./json-cursor";
import { parseSafetensorsHeader } from "./safetensors-header";

/** The reference implementation's own limit. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * safetensors (format 0.x): u64 little-endian header length, JSON header, then the tensors' bytes.
 * Recognised by the brace that its header begins with, in a file that does not begin with text itself.
 */
export const safetensors: CheckpointFormat = {
  recognises: (head) => head.length > 8 && head[8] === 0x7b && !isText(head.subarray(0, 8)),
  open: openSafetensors,
};

/** Opens one file, with its header's own list and metadata. */
export async function openSafetensors(file: ByteSource): Promise<PlacedCheckpoint> {
  const size = await file.size();
  const length = new DataView(new ArrayBuffer(8));
  await file.read(new Uint8Array(length.buffer), 0);
  const headerBytes = length.getBigUint64(0, true);
  const fail = (reason: string): never => {
    throw new CheckpointError(file.path, reason, 0);
  };
  if (headerBytes > BigInt(MAX_HEADER_BYTES))
    fail(`a header of ${headerBytes} bytes is more than ${MAX_HEADER_BYTES}`);
  const dataStart = 8 + Number(headerBytes);
  if (dataStart > size)
    fail(`the header of ${headerBytes} bytes does not fit in the file of ${size} bytes`);
  const json = new Uint8Array(Number(headerBytes));
  await file.read(json, 8);
  try {
    const { tensors, metadata } = parseSafetensorsHeader(json, size - dataStart);
    return new PlacedCheckpoint({
      path: file.path,
      format: "safetensors",
      tensors: tensors.map(({ name, role, dtype, shape, parameters, begin }) => {
        return { name, role, dtype, shape, parameters, source: file, offset: dataStart + begin };
      }),
      metadata,
      files: [file],
    });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new CheckpointError(file.path, `safetensors header: ${error.reason}`, 8 + error.offset);
  }
}

/** A length below the limit has zero bytes at its end; JSON text has none. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x09 && byte < 0x7f);
}
