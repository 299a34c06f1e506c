import type { ByteSource } from "../../byte-source";
import type { StoredChecksum } from "../../checksum";
import { elementBytes, type DType } from "../../dtype";
import { CheckpointError } from "../../error";
import { quoted } from "../../quoted";
import { elementCount } from "../../shape";
import type { CompanionFiles } from "../companion-files";
import { plainElements, type Elements } from "../elements";
import type { BundleEntry } from "./bundle-entry";
import { dataTypes } from "./data-types";
import { partitionAxis, partitionedElements, type Part } from "./partitioned";
import type { BundleIndex } from "./read-index";
import { sliceKey } from "./slice-key";

/** A tensor of a bundle, still under its key. */
export interface BundleTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly elements: Elements;
}

/** Finds the bytes of a bundle's entries in its data files. */
export class Bundle {
  /** Of the tensors that were asked for. */
  readonly checksums: StoredChecksum[] = [];

  /**
   * @param index the index file
   * @param prefix what its data files' names begin with
   */
  constructor(
    private readonly index: ByteSource,
    private readonly prefix: string,
    private readonly contents: BundleIndex,
    private readonly companions: CompanionFiles,
  ) {}

  /**
   * Null for a tensor of text or of anything else than numbers.
   * @throws CheckpointError where its bytes do not lie in a data file, or its parts do not make it up
   */
  async tensor(key: string, entry: BundleEntry): Promise<BundleTensor | null> {
    const dtype = dataTypes.get(entry.dataType);
    if (!dtype) return null;
    const parameters = elementCount(entry.shape);
    const bytes = parameters * elementBytes(dtype);
    if (!Number.isSafeInteger(bytes)) return this.fail(key, "has a shape that is too large");
    const elements =
      entry.slices.length > 0
        ? await this.partitioned(key, entry, dtype)
        : await this.plain(key, entry, bytes);
    return { dtype, shape: entry.shape, parameters, elements };
  }

  /** Bytes of an entry as they lie in its data file. */
  async bytes(key: string, entry: BundleEntry, limit: number): Promise<Uint8Array> {
    if (entry.size > limit) return this.fail(key, `has ${entry.size} bytes`);
    const elements = await this.plain(key, entry, entry.size);
    const bytes = new Uint8Array(entry.size);
    await elements.read(0, bytes);
    return bytes;
  }

  private async plain(key: string, entry: BundleEntry, bytes: number): Promise<Elements> {
    const { shards } = this.contents.header;
    const { shard, offset, size } = entry;
    if (size !== bytes) return this.fail(key, `needs ${bytes} bytes but has ${size}`);
    if (shard >= shards) return this.fail(key, `lies in data file ${shard} of ${shards}`);
    const five = (n: number) => String(n).padStart(5, "0");
    const file = await this.companions.open(
      `${this.prefix}.data-${five(shard)}-of-${five(shards)}`,
    );
    const end = await file.size();
    if (offset + size > end)
      throw new CheckpointError(
        file.path,
        `tensor ${quoted(key)} needs bytes ${offset} to ${offset + size} but the file ends at ${end}`,
        Math.min(offset, end),
      );
    const { checksum } = entry;
    // That of text is not of its bytes alone.
    if (checksum !== null && dataTypes.has(entry.dataType))
      this.checksums.push({
        name: key,
        kind: "masked crc32c",
        value: checksum,
        source: file,
        offset,
        bytes: size,
      });
    return plainElements(file, offset);
  }

  private async partitioned(key: string, entry: BundleEntry, dtype: DType): Promise<Elements> {
    const { shape, slices } = entry;
    if (shape.length === 0 || slices.some((slice) => slice.length !== shape.length))
      return this.fail(key, "has parts of another number of axes");
    const axis = partitionAxis(shape, slices);
    if (axis === null)
      return this.fail(key, "is partitioned along several axes, which is not read");
    const width = elementBytes(dtype);
    const parts: Part[] = [];
    for (const slice of slices) {
      const part = this.contents.entries.get(sliceKey(key, slice));
      if (!part) return this.fail(key, "lacks one of its parts");
      const { start, length } = slice[axis];
      const own = length === -1 ? shape[axis] : length;
      const partShape = shape.with(axis, own);
      if (part.dataType !== entry.dataType || part.slices.length > 0 || own < 0)
        return this.fail(key, "has a part of another kind");
      const elements = await this.plain(key, part, elementCount(partShape) * width);
      parts.push({ start, length: own, elements });
    }
    parts.sort((a, b) => a.start - b.start || a.length - b.length);
    const end = parts.reduce(
      (next, { start, length }) => (start === next ? next + length : NaN),
      0,
    );
    if (end !== shape[axis]) return this.fail(key, "has parts that leave holes or overlap");
    return partitionedElements(shape, axis, parts, width);
  }

  private fail(key: string, reason: string): never {
    throw new CheckpointError(this.index.path, `tensor ${quoted(key)} ${reason}`);
  }
}
