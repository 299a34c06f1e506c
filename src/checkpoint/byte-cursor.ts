import { ParseError } from "./parse-error";

const text = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads little-endian numbers and texts from bytes one after the other, each length checked before it is used. */
export class ByteCursor {
  private at = 0;
  protected readonly view: DataView;

  constructor(protected readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.at;
  }

  /** @throws ParseError at the place reached */
  fail(reason: string): never {
    throw new ParseError(reason, this.at);
  }

  u8(): number {
    return this.bytes[this.step(1)];
  }

  u16(): number {
    return this.view.getUint16(this.step(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.step(4), true);
  }

  i32(): number {
    return this.view.getInt32(this.step(4), true);
  }

  /** A 64-bit length; inexact above 2^53, which no file has room for. */
  length64(): number {
    return Number(this.view.getBigUint64(this.step(8), true));
  }

  /** A part of the bytes themselves, not a copy. */
  take(length: number): Uint8Array {
    const start = this.step(length);
    return this.bytes.subarray(start, start + length);
  }

  utf8(length: number): string {
    return text.decode(this.take(length));
  }

  /** Passes over so many bytes and returns where they begin. */
  protected step(length: number): number {
    const start = this.at;
    if (!(length <= this.bytes.length - start))
      throw new ParseError("the data end early", start, true);
    this.at += length;
    return start;
  }

  /** Bytes up to the next one of this value, which is passed over too; null where there is none in `limit` bytes. */
  protected until(byte: number, limit: number): Uint8Array | null {
    const end = this.bytes.indexOf(byte, this.at);
    if (end < 0 && this.bytes.length - this.at <= limit)
      throw new ParseError("the data end early", this.at, true);
    if (end < 0 || end - this.at > limit) return null;
    const start = this.at;
    this.at = end + 1;
    return this.bytes.subarray(start, end);
  }
}
