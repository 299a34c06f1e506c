import type { ByteSource } from "../byte-source";
import { plainElements, type Elements } from "./elements";

/** Files read as one stream of bytes, one after the other. */
export class Concatenated {
  private constructor(
    private readonly files: readonly { source: ByteSource; start: number; end: number }[],
    readonly size: number,
  ) {}

  static async of(sources: readonly ByteSource[]): Promise<Concatenated> {
    const files: { source: ByteSource; start: number; end: number }[] = [];
    let start = 0;
    for (const source of sources) {
      const end = start + (await source.size());
      files.push({ source, start, end });
      start = end;
    }
    return new Concatenated(files, start);
  }

  /** A range of the stream, which the caller has checked to lie in it. */
  elements(start: number, length: number): Elements {
    const whole = this.files.find((file) => start >= file.start && start + length <= file.end);
    if (whole) return plainElements(whole.source, start - whole.start);
    return { raw: null, read: (offset, into) => this.read(start + offset, into) };
  }

  async read(position: number, into: Uint8Array): Promise<void> {
    for (const { source, start, end } of this.files) {
      const from = Math.max(position, start);
      const to = Math.min(position + into.length, end);
      if (from < to) await source.read(into.subarray(from - position, to - position), from - start);
    }
  }
}
