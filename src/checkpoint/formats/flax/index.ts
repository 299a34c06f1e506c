import type { ByteSource } from "../../byte-source";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { placedCheckpoint } from "../../placed-checkpoint";
import { ARRAY, SCALAR } from "./array";
import { collectFlax } from "./collect";
import { MsgpackReader } from "./reader";

/** So many names may come before the first array, for a file to be recognised. */
const MAX_TOKENS = 1000;
const MAX_TEXT = 1000;

/** What flax.serialization.to_bytes makes: nested dictionaries in MessagePack, arrays as extensions. */
export const flax: CheckpointFormat = {
  recognises: async (head, file) => {
    const map = (head[0] > 0x80 && head[0] < 0x90) || head[0] === 0xde || head[0] === 0xdf;
    return map && (await hasArray(file));
  },
  open: async (file) => {
    const { tensors, values } = await collectFlax(file, new MsgpackReader(file, await file.size()));
    const metadata = new Map(
      Array.from(values, ([name, value]) => [name, String(value).slice(0, MAX_TEXT)]),
    );
    return placedCheckpoint({ path: file.path, format: "Flax", tensors, metadata, files: [file] });
  },
};

/** Whether an array comes among the first things in the file, in dictionaries with names of text. */
async function hasArray(file: ByteSource): Promise<boolean> {
  const reader = new MsgpackReader(file, await file.size());
  try {
    for (let i = 0; i < MAX_TOKENS; i++) {
      const token = await reader.next();
      if (token.kind === "extension") {
        const inner = token.type === ARRAY || token.type === SCALAR ? await reader.next() : null;
        return inner?.kind === "array" && inner.count === 3;
      }
      if (token.kind === "binary") reader.skip(token.length);
    }
    return false;
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
}
