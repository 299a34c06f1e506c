import type { ByteSource } from "../../byte-source";
import type { Checkpoint, UnreadableTensor } from "../../checkpoint";
import type { StoredChecksum } from "../../checksum";
import { CheckpointError } from "../../error";
import { quoted } from "../../quoted";
import { roleOfName } from "../../role";
import { openH5 } from "../hdf5/superblock";
import type { TextAttributes } from "../hdf5/attributes";
import { walk, type AttributedDataset, type H5Contents } from "../hdf5/walk";
import { StoredCheckpoint, type StoredTensor } from "../stored-checkpoint";
import { isKeras3, keras3Names } from "./keras3-names";
import { legacyNames, legacyRoot } from "./legacy-names";
import type { NamedRole } from "./names-and-roles";

/** Where an HDF5 file lies. */
export interface H5Part {
  readonly source: ByteSource;
  readonly start: number;
  readonly size: number;
}

/** A checkpoint of one HDF5 file or several, and what is known of it from outside. */
export interface H5Place {
  readonly path: string;
  readonly parts: readonly H5Part[];
  /** Such as "keras"; null for what the file itself tells. */
  readonly format: string | null;
  /** Text of the model's configuration; null where there is none. */
  readonly config: string | null;
  readonly metadata: ReadonlyMap<string, string>;
  readonly checksums?: () => Promise<readonly StoredChecksum[]>;
  readonly files: readonly { close(): Promise<void> }[];
}

/** Longer texts, such as a model's configuration, are not shown. */
const MAX_SHOWN = 4096;

/**
 * Opens HDF5 files as what they are: of Keras 3, of Keras before, or any other with datasets.
 * @throws CheckpointError where one is damaged, nothing in them can be read, or two hold one dataset
 */
export async function h5Checkpoint(place: H5Place): Promise<Checkpoint> {
  const { path } = place;
  const contents = await readParts(place);
  const legacy = legacyRoot(contents);
  const keras = legacy !== null || isKeras3(contents);
  const named =
    legacy !== null
      ? legacyNames(contents, legacy)
      : keras
        ? keras3Names(contents, place.config ?? "")
        : plainNames(contents);
  const tensors = Array.from(contents.datasets, ([path, dataset]): StoredTensor => {
    const { attributes, dtype, ...rest } = dataset;
    // Keras writes bfloat16 as two bytes without a meaning, marked by an attribute, and not even that in its old format.
    const bfloat16 = dtype === "V2" && (keras || attributes.get("dtype")?.[0] === "bfloat16");
    return { ...rest, dtype: bfloat16 ? "BF16" : dtype, ...named.get(path)! };
  });
  const metadata = new Map(place.metadata);
  for (const group of ["", "model_weights"])
    for (const [key, texts] of contents.groups.get(group) ?? [])
      if (texts.length === 1 && texts[0].length <= MAX_SHOWN) metadata.set(key, texts[0]);
  const format = place.format ?? (keras ? "keras-h5" : "hdf5");
  const { unreadable } = contents;
  if (tensors.length === 0 && unreadable.length > 0) {
    const [{ name, reason }] = unreadable;
    throw new CheckpointError(path, `HDF5: nothing in it can be read: ${quoted(name)} ${reason}`);
  }
  return new StoredCheckpoint(
    path,
    format,
    tensors,
    metadata,
    place.files,
    unreadable,
    place.checksums,
  );
}

async function readParts({ path, parts }: H5Place): Promise<H5Contents> {
  const datasets = new Map<string, AttributedDataset>();
  const groups = new Map<string, TextAttributes>();
  const unreadable: UnreadableTensor[] = [];
  for (const { source, start, size } of parts) {
    const { file, root } = await openH5(source, start, size);
    const part = await walk(file, root);
    for (const [name, dataset] of part.datasets) {
      if (datasets.has(name)) throw new CheckpointError(path, `two files hold ${quoted(name)}`);
      datasets.set(name, dataset);
    }
    // Of a group in several files one has the attributes.
    for (const [name, attributes] of part.groups)
      groups.set(name, new Map([...(groups.get(name) ?? []), ...attributes]));
    unreadable.push(...part.unreadable);
  }
  return { datasets, groups, unreadable };
}

function plainNames({ datasets }: H5Contents): Map<string, NamedRole> {
  return new Map(
    [...datasets.keys()].map((path) => {
      const buffer = /(^|\/)moving_(mean|variance)(:0)?$/.test(path);
      return [path, { name: path, role: buffer ? "buffer" : roleOfName(path) }];
    }),
  );
}
