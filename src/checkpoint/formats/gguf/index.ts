import type { CheckpointFormat } from "../../format";
import { parsePrefix } from "../../parse-prefix";
import { placedCheckpoint } from "../../placed-checkpoint";
import { readGgufHeader } from "./header";

/** GGUF, version 2 and 3: the files of llama.cpp. */
export const gguf: CheckpointFormat = {
  recognises: (head) => Buffer.from(head.subarray(0, 4)).toString("latin1") === "GGUF",
  open: async (file) => {
    const { metadata, tensors, dataStart } = await parsePrefix(file, "GGUF header", readGgufHeader);
    return placedCheckpoint({
      path: file.path,
      format: "GGUF",
      tensors: tensors.map((t) => ({ ...t, source: file, offset: dataStart + t.offset })),
      metadata,
      files: [file],
    });
  },
};
