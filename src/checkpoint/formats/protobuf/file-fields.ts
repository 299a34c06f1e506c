import type { ByteSource } from "../../byte-source";
import { CheckpointError } from "../../error";
import { MAX_FIELD_HEAD, readField, type WireField } from "./wire";

/** Enough for most messages in one read, little beside the tensors. */
const WINDOW = 1 << 16;

/**
 * Fields of protobuf messages in a file, read through a window: a message of gigabytes is walked by its tags, and
 * payloads that nobody asks for are passed over. One walk at a time.
 */
export class FileFields {
  private window = new Uint8Array(0);
  private windowStart = 0;

  private constructor(
    readonly file: ByteSource,
    readonly size: number,
  ) {}

  static async of(file: ByteSource): Promise<FileFields> {
    return new FileFields(file, await file.size());
  }

  fail(reason: string, offset: number): never {
    throw new CheckpointError(this.file.path, reason, offset);
  }

  /** The field that begins at `at`, checked to end within `limit`, the end of its message. */
  async at(at: number, limit: number): Promise<WireField> {
    const head = Math.min(MAX_FIELD_HEAD, limit - at);
    if (!this.holds(at, head)) await this.load(at);
    const available = Math.min(this.windowStart + this.window.length, limit) - this.windowStart;
    const field = readField(
      this.window.subarray(0, available),
      at - this.windowStart,
      this.windowStart,
    );
    if (!field) return this.fail("not a protobuf field", at);
    if (field.end > limit) return this.fail("a protobuf field passes the end of its message", at);
    return field;
  }

  /** Bytes of a payload, of at most `limit`; a view that the next call may overwrite. */
  async payload({ start, end }: WireField, limit: number): Promise<Uint8Array> {
    if (end - start > limit)
      return this.fail(`a field of ${end - start} bytes where at most ${limit} make sense`, start);
    if (!this.holds(start, end - start)) {
      if (end - start > WINDOW) {
        const bytes = new Uint8Array(end - start);
        await this.file.read(bytes, start);
        return bytes;
      }
      await this.load(start);
    }
    return this.window.subarray(start - this.windowStart, end - this.windowStart);
  }

  /** Text of a payload. */
  async text(field: WireField, limit: number): Promise<string> {
    return new TextDecoder().decode(await this.payload(field, limit));
  }

  private holds(start: number, length: number): boolean {
    return start >= this.windowStart && start + length <= this.windowStart + this.window.length;
  }

  private async load(start: number): Promise<void> {
    const bytes = new Uint8Array(Math.min(WINDOW, this.size - start));
    await this.file.read(bytes, start);
    this.window = bytes;
    this.windowStart = start;
  }
}
