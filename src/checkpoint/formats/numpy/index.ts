import path from "node:path";
import type { UnreadableTensor } from "../../checkpoint";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { NPY_MAGIC } from "../../numpy/npy-header";
import { placedCheckpoint } from "../../placed-checkpoint";
import type { PlacedTensor } from "../../placed-tensor";
import { quoted } from "../../quoted";
import { looksLikeZip, zipArchive } from "../../zip/archive";
import { npyArray } from "./array";

/** One NumPy array, called as its file. */
export const npy: CheckpointFormat = {
  recognises: (head) => Buffer.from(head.subarray(0, 6)).toString("latin1") === NPY_MAGIC,
  open: async (file) => {
    const tensor = await npyArray(path.basename(file.path, ".npy"), file, 0);
    if (typeof tensor === "string")
      throw new CheckpointError(file.path, `an array of ${quoted(tensor)} is not read`, 0);
    return placedCheckpoint({ path: file.path, format: "npy", tensors: [tensor], files: [file] });
  },
};

/** A zip file of NumPy arrays, each called as its entry; stored or deflated. */
export const npz: CheckpointFormat = {
  recognises: async (head, file) => {
    if (!looksLikeZip(head)) return false;
    const { entries } = await zipArchive(file);
    return Array.from(entries.keys()).some((name) => name.endsWith(".npy"));
  },
  open: async (file) => {
    const archive = await zipArchive(file);
    const tensors: PlacedTensor[] = [];
    const unreadable: UnreadableTensor[] = [];
    for (const entry of archive.entries.values()) {
      if (!entry.name.endsWith(".npy")) continue;
      const name = entry.name.slice(0, -".npy".length);
      const { source, offset } = await archive.place(entry);
      const tensor = await npyArray(name, source, offset);
      // Else each of thousands of deflated entries would keep its window until it is read.
      if (source !== file) await source.close();
      if (typeof tensor === "string") unreadable.push({ name, reason: `holds ${quoted(tensor)}` });
      else tensors.push(tensor);
    }
    if (tensors.length === 0 && unreadable.length > 0) {
      const [{ name, reason }] = unreadable;
      throw new CheckpointError(file.path, `nothing in it can be read: ${quoted(name)} ${reason}`);
    }
    return placedCheckpoint({
      path: file.path,
      format: "npz",
      tensors,
      unreadable,
      checksums: () => archive.checksums(),
      files: [file],
    });
  },
};
