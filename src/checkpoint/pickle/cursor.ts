import { ByteCursor } from "../byte-cursor";

/** Longest number or name in text form: Python's own limit for integers is 4300 digits. */
const MAX_LINE = 4300;

/** Reads a pickle's numbers and texts. */
export class PickleCursor extends ByteCursor {
  float(): number {
    return this.view.getFloat64(this.step(8), false);
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
    const line = this.until(0x0a, limit) ?? this.fail("a line that is too long");
    return Buffer.from(line).toString("utf8");
  }
}

/** A number where that holds the integer exactly, else the bigint. */
export function shortest(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
