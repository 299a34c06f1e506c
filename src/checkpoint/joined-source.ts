import type { ByteSource } from "./byte-source";
import { CheckpointError } from "./error";

/** Ranges of a file read as if one followed the other. */
export class JoinedSource implements ByteSource {
  readonly diskFile = null;
  private readonly starts: readonly number[];
  private readonly length: number;

  constructor(
    private readonly file: ByteSource,
    private readonly ranges: readonly { readonly offset: number; readonly bytes: number }[],
  ) {
    let length = 0;
    this.starts = ranges.map(({ bytes }) => {
      length += bytes;
      return length - bytes;
    });
    this.length = length;
  }

  get path(): string {
    return this.file.path;
  }

  size(): Promise<number> {
    return Promise.resolve(this.length);
  }

  async read(into: Uint8Array, position: number): Promise<void> {
    if (position + into.length > this.length)
      throw new CheckpointError(this.path, "the data end early");
    for (const [i, { offset, bytes }] of this.ranges.entries()) {
      const start = this.starts[i];
      const from = Math.max(position, start);
      const to = Math.min(position + into.length, start + bytes);
      if (from < to)
        await this.file.read(into.subarray(from - position, to - position), offset + from - start);
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
