/** Trouble at a place in JSON bytes; the reader that knows the file turns it into its own error. */
export class JsonError extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}

/** No name or description is longer, and an error must not quote a hostile one. */
const MAX_STRING_BYTES = 1 << 20;

/**
 * Reads JSON bytes value by value, so that a reader takes only the grammar it knows: unlike JSON.parse it
 * sees duplicate keys, names offsets, and cannot be made to build a large value that nobody wants.
 */
export class JsonCursor {
  private at = 0;
  private readonly text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(private readonly bytes: Uint8Array) {}

  /** Byte offset of what comes next. */
  get offset(): number {
    return this.at;
  }

  fail(reason: string, offset = this.at): never {
    throw new JsonError(reason, offset);
  }

  /** Calls `member` for each key of an object, with the cursor before its value. */
  object(member: (key: string, offset: number) => void): void {
    this.expect("{");
    if (this.take("}")) return;
    do {
      this.space();
      const offset = this.at;
      const key = this.string();
      this.expect(":");
      member(key, offset);
    } while (this.take(","));
    this.expect("}");
  }

  /** An array of integers from 0 to 2^53 - 1, at most `limit` of them. */
  integers(limit: number): number[] {
    const values: number[] = [];
    this.expect("[");
    if (this.take("]")) return values;
    do {
      if (values.length === limit) this.fail(`more than ${limit} numbers in a list`);
      values.push(this.integer());
    } while (this.take(","));
    this.expect("]");
    return values;
  }

  string(): string {
    this.space();
    const start = this.at;
    this.expect('"');
    let plain = true;
    for (; ; this.at++) {
      const byte = this.bytes[this.at];
      if (this.at >= this.bytes.length) this.fail("a string without its end", start);
      if (this.at - start > MAX_STRING_BYTES) this.fail("a string of more than 1 MiB", start);
      if (byte === 0x22) break;
      if (byte < 0x20) this.fail("a control character in a string");
      if (byte === 0x5c) {
        plain = false;
        this.at++;
      }
    }
    this.at++;
    try {
      if (plain) return this.text.decode(this.bytes.subarray(start + 1, this.at - 1));
      return JSON.parse(this.text.decode(this.bytes.subarray(start, this.at))) as string;
    } catch {
      return this.fail("a string that is not valid UTF-8 or has an unknown escape", start);
    }
  }

  /** @throws JsonError where anything but white space is left */
  end(): void {
    this.space();
    if (this.at < this.bytes.length) this.fail("something after the end of the header");
  }

  private integer(): number {
    this.space();
    const start = this.at;
    let value = 0;
    for (; this.digit(); this.at++) {
      value = value * 10 + (this.bytes[this.at] - 0x30);
      if (!Number.isSafeInteger(value)) this.fail("a number of more than 2^53 - 1", start);
    }
    const digits = this.at - start;
    if (digits === 0) this.fail("an unsigned integer was expected");
    if (digits > 1 && this.bytes[start] === 0x30) this.fail("a number that begins with 0", start);
    return value;
  }

  private digit(): boolean {
    const byte = this.bytes[this.at];
    return byte >= 0x30 && byte <= 0x39;
  }

  private take(character: string): boolean {
    this.space();
    if (this.bytes[this.at] !== character.charCodeAt(0)) return false;
    this.at++;
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) this.fail(`"${character}" was expected`);
  }

  private space(): void {
    for (; ; this.at++) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
    }
  }
}
