import type { ByteSource, Folder } from "../../byte-source";
import type { Checkpoint } from "../../checkpoint";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { looksLikeZip, zipArchive } from "../../zip/archive";
import { hasSignature } from "../hdf5/superblock";
import { h5Checkpoint } from "./h5-checkpoint";

const WEIGHTS = "model.weights.h5";
const PICKLED = "model.weights.npz";
const CONFIG = "config.json";
const METADATA = "metadata.json";
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
      path: file.path,
      parts: [{ source: file, start: 0, size: await file.size() }],
      format: null,
      config: null,
      metadata: new Map(),
      files: [file],
    }),
};

/**
 * Keras 3 models: a zip file of metadata.json, config.json and model.weights.h5 (keras/src/saving/saving_lib.py), or a
 * directory of these, as on the Hugging Face Hub.
 */
export const keras: CheckpointFormat = {
  async recognises(head, file) {
    if (!looksLikeZip(head)) return false;
    const { entries } = await zipArchive(file).catch(() => ({ entries: new Map() }));
    return entries.has(CONFIG) && entries.has(METADATA);
  },
  open: openKeras,
  openDirectory: (folder, names) =>
    [WEIGHTS, CONFIG, METADATA].every((name) => names.includes(name))
      ? openDirectory(folder)
      : null,
};

async function openKeras(file: ByteSource): Promise<Checkpoint> {
  const archive = await zipArchive(file);
  const entry = archive.entries.get(WEIGHTS);
  if (!entry)
    throw new CheckpointError(
      file.path,
      archive.entries.has(PICKLED)
        ? `its weights are pickled in ${PICKLED}, which Keras does not read again either`
        : `no ${WEIGHTS} in it`,
    );
  const { source, offset } = await archive.place(entry);
  const text = async (name: string, limit: number) =>
    new TextDecoder().decode(await archive.content(archive.entries.get(name)!, limit));
  return h5Checkpoint({
    path: source.path,
    parts: [{ source, start: offset, size: entry.size }],
    format: "keras",
    config: await text(CONFIG, MAX_CONFIG),
    metadata: metadataOf(await text(METADATA, MAX_METADATA)),
    checksums: () => archive.checksums(),
    files: [source, file],
  });
}

async function openDirectory(folder: Folder): Promise<Checkpoint> {
  const weights = folder.file(WEIGHTS);
  try {
    return await h5Checkpoint({
      path: folder.path,
      parts: [{ source: weights, start: 0, size: await weights.size() }],
      format: "keras",
      config: await text(folder.file(CONFIG), MAX_CONFIG),
      metadata: metadataOf(await text(folder.file(METADATA), MAX_METADATA)),
      files: [weights],
    });
  } catch (error) {
    await weights.close();
    throw error;
  }
}

async function text(file: ByteSource, limit: number): Promise<string> {
  try {
    const size = await file.size();
    if (size > limit) throw new CheckpointError(file.path, `a text of ${size} bytes`);
    const bytes = new Uint8Array(size);
    await file.read(bytes, 0);
    return new TextDecoder().decode(bytes);
  } finally {
    await file.close();
  }
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
