import { CheckpointError } from "../error";
import type { CheckpointFormat } from "../format";
import { looksLikeZip, zipArchive } from "../zip/archive";

/** Directories of formats that are known and not read, by the names in them: what they are, and what can be done. */
const directories: readonly {
  readonly has: (names: readonly string[]) => boolean;
  readonly reason: string;
}[] = [
  {
    has: (names) => names.includes(".metadata") && names.some((name) => name.endsWith(".distcp")),
    reason:
      "a distributed checkpoint of PyTorch is not read; torch.distributed.checkpoint.format_utils.dcp_to_torch_save makes one file of it",
  },
  {
    has: (names) =>
      ["_CHECKPOINT_METADATA", "_METADATA", "manifest.ocdbt"].some((name) => names.includes(name)),
    reason: "an Orbax checkpoint is not read; flax.serialization.to_bytes makes one file of it",
  },
];

/** Checkpoints that are known and not read: refused with a reason that helps. */
export const notRead: CheckpointFormat = {
  async recognises(head, file) {
    if (!looksLikeZip(head)) return false;
    const { entries } = await zipArchive(file).catch(() => ({ entries: new Map() }));
    return [...entries.keys()].some((name: string) => /^[^/]+\/archive_format$/.test(name));
  },
  open: (file) =>
    Promise.reject(
      new CheckpointError(
        file.path,
        "a program of torch.export is not read; save the state_dict of its module with torch.save",
        0,
      ),
    ),
  openDirectory(folder, names) {
    const known = directories.find(({ has }) => has(names));
    return known ? Promise.reject(new CheckpointError(folder.path, known.reason)) : null;
  },
};
