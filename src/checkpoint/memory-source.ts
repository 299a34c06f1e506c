import type { ByteSource } from "./byte-source";
import { CheckpointError } from "./error";

/** Bytes in memory. */
export class MemorySource implements ByteSource {
  readonly diskFile = null;

  constructor(
    readonly path: string,
    private readonly bytes: Uint8Array,
  ) {}

  size(): Promise<number> {
    return Promise.resolve(this.bytes.length);
  }

  read(into: Uint8Array, position: number): Promise<void> {
    if (into.length > 0 && position + into.length > this.bytes.length)
      return Promise.reject(
        new CheckpointError(this.path, "the file ends early", this.bytes.length),
      );
    into.set(this.bytes.subarray(position, position + into.length));
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
