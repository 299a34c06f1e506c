/** Reads the numbers of HDF5's structures, all little-endian; sizes of offsets and lengths are the file's own. */
export class H5Cursor {
  private at = 0;
  private readonly view: DataView;

  /** @param fail throws the reader's own error, given a reason and an offset into `bytes` */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly offsetBytes: number,
    private readonly lengthBytes: number,
    private readonly fail: (reason: string, offset: number) => never,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Unsigned, of 1 to 8 bytes; NaN above 2^53 - 1. */
  uint(width: number): number {
    const start = this.advance(width);
    if (width === 1) return this.view.getUint8(start);
    if (width === 2) return this.view.getUint16(start, true);
    if (width === 4) return this.view.getUint32(start, true);
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = value * 256 + this.bytes[start + i];
    return Number.isSafeInteger(value) ? value : NaN;
  }

  /** A place in the file; null for the undefined address, of all ones. */
  address(): number | null {
    const field = this.take(this.offsetBytes);
    if (field.every((byte) => byte === 0xff)) return null;
    this.at -= this.offsetBytes;
    const value = this.uint(this.offsetBytes);
    return Number.isNaN(value) ? this.fail("an impossible address", this.at) : value;
  }

  /** A length of the file's own width. */
  length(): number {
    const value = this.uint(this.lengthBytes);
    return Number.isNaN(value) ? this.fail("an impossible length", this.at) : value;
  }

  /** A length; Infinity where it is above 2^53 - 1, as "without a limit" is. */
  limit(): number {
    const value = this.uint(this.lengthBytes);
    return Number.isNaN(value) ? Infinity : value;
  }

  take(count: number): Uint8Array {
    const start = this.advance(count);
    return this.bytes.subarray(start, start + count);
  }

  /** A cursor over the next bytes, which this one passes over. */
  part(count: number): H5Cursor {
    const start = this.at;
    return new H5Cursor(this.take(count), this.offsetBytes, this.lengthBytes, (reason, offset) =>
      this.fail(reason, start + offset),
    );
  }

  /** Text up to a zero byte, passed over in steps of `padding` bytes. */
  text(padding = 1): string {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0) return this.fail("text without its end", this.at);
    const text = decoder.decode(this.bytes.subarray(this.at, end));
    this.take(Math.ceil((end + 1 - this.at) / padding) * padding);
    return text;
  }

  skip(count: number): this {
    this.advance(count);
    return this;
  }

  /** @param signature four letters */
  expect(signature: string): this {
    if (decoder.decode(this.take(4)) !== signature)
      this.fail(`${signature} was expected`, this.at - 4);
    return this;
  }

  trouble(reason: string): never {
    return this.fail(reason, this.at);
  }

  private advance(count: number): number {
    const start = this.at;
    if (!(count >= 0 && count <= this.left)) this.fail("a structure that ends early", start);
    this.at += count;
    return start;
  }
}

const decoder = new TextDecoder();
