/** Trouble at a place in a pickle; the reader that knows the file turns it into its own error. */
export class PickleError extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
    /** Whether more bytes might have helped. */
    readonly early = false,
  ) {
    super(reason);
  }
}

const text = new TextDecoder("utf-8", { ignoreBOM: true });
/** Longest number or name in text form: Python's own limit for integers is 4300 digits. */
const MAX_LINE = 4300;

/** Reads a pickle's bytes, each length checked before it is used. */
export class PickleCursor {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.at;
  }

  fail(reason: string): never {
    throw new PickleError(reason, this.at);
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

  /** A 64-bit length; none above 2^53 fits in a file. */
  length64(): number {
    return Number(this.view.getBigUint64(this.step(8), true));
  }

  float(): number {
    return this.view.getFloat64(this.step(8), false);
  }

  /** A part of the pickle itself, not a copy. */
  take(length: number): Uint8Array {
    const start = this.step(length);
    return this.bytes.subarray(start, start + length);
  }

  utf8(length: number): string {
    return text.decode(this.take(length));
  }

  /** Python 2's byte strings: text where a character is a byte. */
  latin1(length: number): string {
    return Buffer.from(this.take(length)).toString("latin1");
  }

  /** A two's complement integer: a number where that is exact, else a bigint. */
  long(length: number): number | bigint {
    if (length > MAX_LINE) this.fail(`an integer of ${length} bytes`);
    const bytes = this.take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
    return shortest(BigInt.asIntN(8 * length, value));
  }

  /** Text up to the end of a line, which is left out. */
  line(limit = MAX_LINE): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0 && this.bytes.length - this.at <= limit)
      throw new PickleError("the pickle ends early", this.at, true);
    if (end < 0 || end - this.at > limit) this.fail("a line that is too long");
    const line = this.utf8(end - this.at);
    this.at++;
    return line;
  }

  private step(length: number): number {
    const start = this.at;
    if (length > this.bytes.length - start)
      throw new PickleError("the pickle ends early", start, true);
    this.at += length;
    return start;
  }
}

/** A number where that holds the integer exactly, else the bigint. */
export function shortest(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
