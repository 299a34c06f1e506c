import type { ByteSource } from "../../byte-source";
import type { Checkpoint } from "../../checkpoint";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { looksLikeZip, zipArchive, type ZipArchive } from "../../zip/archive";
import { quoted } from "../../quoted";
import { openPickled, type StoragePlace } from "./open-pickled";
import { MAX_PICKLE_BYTES, readPickle } from "./read-pickle";

/**
 * What torch.save writes since PyTorch 1.6, and TorchScript (torch/csrc/jit/serialization): a zip file of
 * NAME/data.pkl, a pickle that refers to storages, and NAME/data/KEY, their bytes.
 */
export const pytorchZip: CheckpointFormat = {
  recognises: async (head, file) =>
    looksLikeZip(head) && pickleName(await zipArchive(file)) !== undefined,
  open: openZip,
};

function pickleName({ entries }: ZipArchive): string | undefined {
  return Array.from(entries.keys()).find((name) => /^[^/]+\/data\.pkl$/.test(name));
}

async function openZip(file: ByteSource): Promise<Checkpoint> {
  const archive = await zipArchive(file);
  const { entries } = archive;
  const pickle = pickleName(archive)!;
  const prefix = pickle.slice(0, -"data.pkl".length);
  const bytes = await archive.content(entries.get(pickle)!, MAX_PICKLE_BYTES);
  const { offset } = await archive.place(entries.get(pickle)!);
  const places = new Map<string, Promise<StoragePlace>>();
  const script = entries.has(`${prefix}constants.pkl`);
  return openPickled({
    file,
    format: script ? "TorchScript" : "PyTorch",
    root: readPickle(file.path, bytes, offset).value,
    pickleBytes: bytes.length,
    checksums: () => archive.checksums(),
    bigEndian: (await byteOrder(archive, prefix)) === "big",
    place: ({ key }) => {
      let place = places.get(key);
      if (!place) places.set(key, (place = placeStorage(archive, `${prefix}data/${key}`)));
      return place;
    },
  });
}

/** Absent before PyTorch 2.1, which knew little-endian files only. */
async function byteOrder(archive: ZipArchive, prefix: string): Promise<string> {
  const entry = archive.entries.get(`${prefix}byteorder`);
  const text = entry ? Buffer.from(await archive.content(entry, 64)).toString("latin1") : "little";
  if (text !== "little" && text !== "big")
    throw new CheckpointError(archive.file.path, `the unknown byte order ${quoted(text)}`);
  return text;
}

async function placeStorage(archive: ZipArchive, name: string): Promise<StoragePlace> {
  const entry = archive.entries.get(name);
  if (!entry)
    throw new CheckpointError(archive.file.path, `the storage ${quoted(name)} is missing`);
  return { ...(await archive.place(entry)), bytes: entry.size };
}
