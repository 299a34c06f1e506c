import { Readable, pipeline } from "node:stream";
import { createInflateRaw, type InflateRaw } from "node:zlib";
import type { ByteSource } from "../byte-source";
import { CheckpointError } from "../error";
import { quoted } from "../quoted";
import type { ZipEntry } from "./directory";

const CHUNK = 1 << 16;

/**
 * A deflated zip entry read by ranges: inflated from its beginning up to what is asked for, then onwards. Reading in
 * order inflates once, in little memory; a step back begins anew.
 */
export class InflatedSource implements ByteSource {
  readonly diskFile = null;
  private turn: Promise<unknown> = Promise.resolve();
  private stream: InflateRaw | null = null;
  private pieces: AsyncIterator<Buffer> | null = null;
  private piece: Uint8Array = new Uint8Array(0);
  /** Where `piece` lies in the content. */
  private start = 0;

  constructor(
    private readonly file: ByteSource,
    private readonly offset: number,
    private readonly entry: ZipEntry,
  ) {}

  get path(): string {
    return this.file.path;
  }

  size(): Promise<number> {
    return Promise.resolve(this.entry.size);
  }

  read(into: Uint8Array, position: number): Promise<void> {
    const reading = this.turn.then(() => this.readNow(into, position));
    this.turn = reading.catch(() => undefined);
    return reading;
  }

  /** Frees what inflating holds; the file stays open, for it is the archive's. */
  async close(): Promise<void> {
    await this.turn;
    this.rewind();
  }

  private async readNow(into: Uint8Array, position: number): Promise<void> {
    if (into.length === 0) return;
    try {
      if (position < this.start) this.rewind();
      let done = 0;
      while (done < into.length) {
        const from = position + done - this.start;
        if (from < this.piece.length) {
          const part = this.piece.subarray(from, from + into.length - done);
          into.set(part, done);
          done += part.length;
        } else await this.advance();
      }
      if (position + done >= this.entry.size) this.rewind();
    } catch (error) {
      this.rewind();
      if (error instanceof CheckpointError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw this.trouble(`cannot be inflated: ${reason}`);
    }
  }

  private async advance(): Promise<void> {
    if (!this.pieces) {
      this.stream = createInflateRaw({ chunkSize: CHUNK });
      pipeline(Readable.from(this.compressed()), this.stream, () => undefined);
      this.pieces = this.stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    }
    const next = await this.pieces.next();
    if (next.done) throw this.trouble(`ends before its ${this.entry.size} bytes`);
    this.start += this.piece.length;
    this.piece = next.value;
  }

  private async *compressed(): AsyncGenerator<Uint8Array> {
    const { compressedSize } = this.entry;
    for (let done = 0; done < compressedSize; done += CHUNK) {
      const bytes = new Uint8Array(Math.min(CHUNK, compressedSize - done));
      await this.file.read(bytes, this.offset + done);
      yield bytes;
    }
  }

  private rewind(): void {
    this.stream?.destroy();
    this.stream = null;
    this.pieces = null;
    this.piece = new Uint8Array(0);
    this.start = 0;
  }

  private trouble(reason: string): CheckpointError {
    return new CheckpointError(
      this.path,
      `zip entry ${quoted(this.entry.name)} ${reason}`,
      this.offset,
    );
  }
}
