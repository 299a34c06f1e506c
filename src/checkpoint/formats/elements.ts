import type { ByteSource } from "../byte-source";
import type { RawRange } from "../checkpoint";

/** A tensor's elements wherever and however a format keeps them, as little-endian bytes of its element type. */
export interface Elements {
  /** Where they lie plain and contiguous; null where they do not. */
  readonly raw: RawRange | null;
  /**
   * Fills `into` with the bytes from byte `offset` on, counted in the tensor's little-endian row-major bytes. Both
   * are whole elements. Calls may overlap in time.
   * @throws CheckpointError
   */
  read(offset: number, into: Uint8Array): Promise<void>;
}

/** Elements that lie plain in a file, in a range that the caller has checked. */
export function plainElements(source: ByteSource, start: number): Elements {
  return {
    raw: source.diskFile === null ? null : { file: source.diskFile, offset: start },
    read: (offset, into) => source.read(into, start + offset),
  };
}
