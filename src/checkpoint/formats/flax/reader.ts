import type { ByteSource } from "../../byte-source";
import { CheckpointError } from "../../error";

/** What comes next in a MessagePack file: a plain value, or how much of what follows. */
export type Token =
  | { readonly kind: "value"; readonly value: string | number | bigint | boolean | null }
  | { readonly kind: "map" | "array"; readonly count: number }
  | { readonly kind: "binary"; readonly length: number }
  | { readonly kind: "extension"; readonly type: number; readonly length: number };

const WINDOW = 1 << 14;
/** No name or text is longer. */
const MAX_TEXT = 1 << 20;

/** Reads MessagePack (msgpack.org's spec) token by token; the bytes of arrays are passed over, not read. */
export class MsgpackReader {
  private window = Buffer.alloc(0);
  private windowStart = 0;

  constructor(
    private readonly file: ByteSource,
    private readonly size: number,
    private at = 0,
  ) {}

  get offset(): number {
    return this.at;
  }

  fail(reason: string): never {
    throw new CheckpointError(this.file.path, `MessagePack: ${reason}`, this.at);
  }

  /** Passes over so many bytes. */
  skip(length: number): void {
    if (!(length <= this.size - this.at)) this.fail("the file ends early");
    this.at += length;
  }

  async next(): Promise<Token> {
    const code = (await this.take(1))[0];
    if (code < 0x80) return { kind: "value", value: code };
    if (code < 0x90) return this.counted("map", code & 15);
    if (code < 0xa0) return this.counted("array", code & 15);
    if (code < 0xc0) return { kind: "value", value: await this.text(code & 31) };
    if (code >= 0xe0) return { kind: "value", value: code - 256 };
    return this.other(code);
  }

  private async other(code: number): Promise<Token> {
    switch (code) {
      case 0xc0:
        return { kind: "value", value: null };
      case 0xc2:
      case 0xc3:
        return { kind: "value", value: code === 0xc3 };
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return { kind: "binary", length: this.fits(await this.unsigned(1 << (code - 0xc4))) };
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.extension(await this.unsigned(1 << (code - 0xc7)));
      case 0xca:
        return { kind: "value", value: (await this.take(4)).readFloatBE() };
      case 0xcb:
        return { kind: "value", value: (await this.take(8)).readDoubleBE() };
      case 0xcc:
      case 0xcd:
      case 0xce:
        return { kind: "value", value: await this.unsigned(1 << (code - 0xcc)) };
      case 0xcf:
        return { kind: "value", value: (await this.take(8)).readBigUInt64BE() };
      case 0xd0:
      case 0xd1:
      case 0xd2: {
        const bytes = 1 << (code - 0xd0);
        return { kind: "value", value: (await this.take(bytes)).readIntBE(0, bytes) };
      }
      case 0xd3:
        return { kind: "value", value: (await this.take(8)).readBigInt64BE() };
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.extension(1 << (code - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return { kind: "value", value: await this.text(await this.unsigned(1 << (code - 0xd9))) };
      case 0xdc:
      case 0xdd:
        return this.counted("array", await this.unsigned(2 << (code - 0xdc)));
      case 0xde:
      case 0xdf:
        return this.counted("map", await this.unsigned(2 << (code - 0xde)));
      default:
        return this.fail(`the unknown code ${code}`);
    }
  }

  private async extension(length: number): Promise<Token> {
    const type = (await this.take(1)).readInt8();
    return { kind: "extension", type, length: this.fits(length) };
  }

  /** Every member takes a byte at least, every entry of a map two. */
  private counted(kind: "map" | "array", count: number): Token {
    if (count * (kind === "map" ? 2 : 1) > this.size - this.at)
      this.fail(`${count} members do not fit in the file`);
    return { kind, count };
  }

  private fits(length: number): number {
    return length <= this.size - this.at ? length : this.fail("the file ends early");
  }

  private async unsigned(bytes: number): Promise<number> {
    return (await this.take(bytes)).readUIntBE(0, bytes);
  }

  private async text(length: number): Promise<string> {
    if (length > MAX_TEXT) this.fail(`a text of ${length} bytes`);
    return (await this.take(length)).toString("utf8");
  }

  private async take(length: number): Promise<Buffer> {
    const start = this.at;
    this.skip(length);
    const from = start - this.windowStart;
    if (from < 0 || from + length > this.window.length) {
      this.window = Buffer.alloc(Math.min(Math.max(WINDOW, length), this.size - start));
      this.windowStart = start;
      await this.file.read(this.window, start);
    }
    return this.window.subarray(start - this.windowStart, start - this.windowStart + length);
  }
}
