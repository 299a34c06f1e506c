import path from "node:path";
import type { CheckpointFormat } from "../../format";
import { gguf } from "../gguf";
import { joinShards, openShards } from "./open-shards";
import { seriesOf } from "./series";

/** A GGUF model split over several files (llama.cpp's gguf-split): any of them opens all. */
export const ggufSplit: CheckpointFormat = {
  recognises: async (head, file) =>
    (seriesOf(path.basename(file.path))?.length ?? 0) > 1 && (await gguf.recognises(head, file)),
  open: async (file, folder) => {
    await file.close();
    const name = path.basename(file.path);
    return joinShards(file.path, await openShards(folder, seriesOf(name) ?? [name]));
  },
};
