import path from "node:path";
import type { ByteSource, Folder } from "../../byte-source";
import type { Checkpoint, UnreadableTensor } from "../../checkpoint";
import type { StoredChecksum } from "../../checksum";
import { DiskFolder } from "../../disk-folder";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { quoted } from "../../quoted";
import { CompanionFiles } from "../companion-files";
import { StoredCheckpoint, type StoredTensor } from "../stored-checkpoint";
import { Bundle, type BundleTensor } from "./bundle";
import { isCheckpointState, newestCheckpoint } from "./checkpoint-state";
import { isTable } from "./leveldb-table";
import { nameVariables } from "./naming";
import { fullNames, scalarString } from "./object-graph";
import { readIndex } from "./read-index";

const OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";
const MAX_OBJECT_GRAPH = 1 << 28;
const MAX_STATE = 1 << 24;

/**
 * TensorFlow checkpoints (tensorflow/core/util/tensor_bundle): `<prefix>.index` and `<prefix>.data-*`, opened by any
 * of these names, by a directory whose file `checkpoint` names the newest, and as the variables of a SavedModel.
 */
export const tensorBundle: CheckpointFormat = {
  recognises: async (head, file) =>
    isCheckpointState(head) || (file.path.endsWith(".index") && (await isTable(file))),
  open: openIndexOrState,
  inDirectory(names) {
    const indexes = names.filter((name) => name.endsWith(".index"));
    const withData = indexes.filter((index) =>
      names.some((name) => name.startsWith(`${index.slice(0, -6)}.data-`)),
    );
    if (withData.length > 0 && names.includes("checkpoint")) return "checkpoint";
    return withData.length === 1 ? withData[0] : null;
  },
  openDirectory(folder, names) {
    if (!names.includes("saved_model.pb") || !names.includes("variables")) return null;
    const variables = new DiskFolder(path.join(folder.path, "variables"));
    return openIndex(variables.file("variables.index"), variables);
  },
  candidates: (name) => [`${name}.index`, name.replace(/\.data-\d{5}-of-\d{5}$/, ".index")],
};

async function openIndexOrState(file: ByteSource, folder: Folder): Promise<Checkpoint> {
  if (file.path.endsWith(".index")) return openIndex(file, folder);
  const text = new Uint8Array(Math.min(MAX_STATE, await file.size()));
  await file.read(text, 0);
  await file.close();
  const newest = newestCheckpoint(new TextDecoder().decode(text));
  const index = newest === null ? null : `${newest}.index`;
  if (index === null || !(await folder.names()).includes(index))
    throw new CheckpointError(
      file.path,
      `the newest checkpoint that it names, ${quoted(newest ?? "")}, is not beside it`,
      0,
    );
  return openIndex(folder.file(index), folder);
}

async function openIndex(file: ByteSource, folder: Folder): Promise<Checkpoint> {
  const companions = new CompanionFiles(file, folder);
  try {
    if (!(await isTable(file)))
      throw new CheckpointError(file.path, "not the index of a TensorFlow checkpoint", 0);
    const contents = await readIndex(file);
    if (contents.header.bigEndian)
      throw new CheckpointError(file.path, "written by a big-endian machine, which is not read");
    const prefix = path.basename(file.path).slice(0, -".index".length);
    const bundle = new Bundle(file, prefix, contents, companions);
    const placed = new Map<string, BundleTensor>();
    const unreadable: UnreadableTensor[] = [];
    let full: ReadonlyMap<string, string> = new Map();
    for (const [latin1, entry] of contents.entries) {
      // Keys of parts begin with a zero byte.
      if (latin1.startsWith("\0")) continue;
      const key = Buffer.from(latin1, "latin1").toString("utf8");
      const tensor = await bundle.tensor(latin1, entry);
      if (tensor) placed.set(key, tensor);
      else if (key === OBJECT_GRAPH) {
        const fail = (reason: string): never => {
          throw new CheckpointError(file.path, `object graph: ${reason}`);
        };
        const graph = await bundle.bytes(latin1, entry, MAX_OBJECT_GRAPH);
        full = fullNames(scalarString(graph, fail), fail);
      } else unreadable.push({ name: key, reason: "is not of numbers" });
    }
    const checksums = bundle.checksums;
    return checkpoint(file, companions, { placed, full, unreadable, checksums });
  } catch (error) {
    await Promise.all([file.close(), companions.close()]);
    throw error;
  }
}

interface Contents {
  readonly placed: ReadonlyMap<string, BundleTensor>;
  /** By key. */
  readonly full: ReadonlyMap<string, string>;
  readonly unreadable: readonly UnreadableTensor[];
  readonly checksums: readonly StoredChecksum[];
}

function checkpoint(
  file: ByteSource,
  companions: CompanionFiles,
  { placed, full, unreadable, checksums }: Contents,
): Checkpoint {
  const named = nameVariables([...placed.keys()], full);
  const tensors: StoredTensor[] = [...placed].map(([key, tensor]) => ({
    ...tensor,
    ...named.get(key)!,
  }));
  return new StoredCheckpoint(
    file.path,
    "tensorflow",
    tensors,
    new Map(),
    [file, companions],
    unreadable,
    () => Promise.resolve(checksums),
  );
}
