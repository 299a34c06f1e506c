import type { ByteSource } from "../../byte-source";
import type { Checkpoint } from "../../checkpoint";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { looksLikeZip, zipArchive, type ZipArchive } from "../../zip/archive";
import { hasSignature } from "../hdf5/superblock";
import { h5Checkpoint } from "./h5-checkpoint";

const WEIGHTS = "model.weights.h5";
const MAX_CONFIG = 1 << 26;
const MAX_METADATA = 1 << 16;

/**
 * HDF5 files: weights of Keras 3, models and weights of Keras before, and any other with datasets. Read by our own code
 * (formats/hdf5) and not by h5wasm, which throws on float16 and does not say where data lie plain; and all reading of a
 * hostile file's structures is bounded (H5File).
 */
export const hdf5: CheckpointFormat = {
  async recognises(head, file) {
    if (hasSignature(head)) return true;
    // A user block may lie before: rare, and then of 512 bytes, which a head shows.
    return head.length >= 520 && hasSignature(head.subarray(512)) && (await file.size()) > 520;
  },
  open: async (file) =>
    h5Checkpoint({
      source: file,
      start: 0,
      size: await file.size(),
      format: null,
      config: null,
      metadata: new Map(),
      files: [file],
    }),
};

/** Keras 3 models: a zip file of metadata.json, config.json and model.weights.h5 (keras/src/saving/saving_lib.py). */
export const keras: CheckpointFormat = {
  async recognises(head, file) {
    if (!looksLikeZip(head)) return false;
    const { entries } = await zipArchive(file).catch(() => ({ entries: new Map() }));
    return entries.has("config.json") && entries.has("metadata.json");
  },
  open: openKeras,
};

async function openKeras(file: ByteSource): Promise<Checkpoint> {
  const archive = await zipArchive(file);
  const entry = archive.entries.get(WEIGHTS);
  if (!entry)
    throw new CheckpointError(
      file.path,
      `no ${WEIGHTS} in it: weights in several files or in NumPy's format are not read`,
    );
  const { source, offset } = await archive.place(entry);
  const config = await text(archive, "config.json", MAX_CONFIG);
  return h5Checkpoint({
    source,
    start: offset,
    size: entry.size,
    format: "keras",
    config,
    metadata: metadataOf(await text(archive, "metadata.json", MAX_METADATA)),
    files: [source, file],
  });
}

async function text(archive: ZipArchive, name: string, limit: number): Promise<string> {
  return new TextDecoder().decode(await archive.content(archive.entries.get(name)!, limit));
}

function metadataOf(json: string): Map<string, string> {
  const metadata = new Map<string, string>();
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null)
      for (const [key, entry] of Object.entries(value))
        if (typeof entry === "string") metadata.set(key, entry);
  } catch {
    // What the model says of itself is not needed to read its weights.
  }
  return metadata;
}
