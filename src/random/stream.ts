import { createHash } from "node:crypto";

/**
 * A stream of random numbers: xoshiro128** 1.1 (Blackman and Vigna, 2018), whose state is the first 16
 * bytes of the SHA-256 of its name, read as little-endian 32-bit words. A name such as
 * `order/7/epoch/3` gives each use of randomness its own stream, with random access, in any language.
 */
export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(...name: readonly (string | number)[]) {
    const digest = createHash("sha256").update(name.join("/"), "utf8").digest();
    this.a = digest.readInt32LE(0);
    this.b = digest.readInt32LE(4);
    this.c = digest.readInt32LE(8);
    this.d = digest.readInt32LE(12);
  }

  /** Next 32 random bits, as an unsigned integer below 2^32. */
  uint32(): number {
    const product = Math.imul(this.b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** Fills `words` as calls of `uint32` would, several times as fast: the state stays in registers. */
  fill(words: Uint32Array): Uint32Array {
    let { a, b, c, d } = this;
    for (let i = 0; i < words.length; i++) {
      const product = Math.imul(b, 5);
      words[i] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    [this.a, this.b, this.c, this.d] = [a, b, c, d];
    return words;
  }

  /**
   * Fills `values`, a call of `uint32` for each, with `value` where it is `least` or more and with 0 elsewhere; once
   * through memory, where `fill` and a comparison take more than half as long again.
   */
  fillMask(values: Float32Array, least: number, value: number): void {
    let { a, b, c, d } = this;
    for (let i = 0; i < values.length; i++) {
      const product = Math.imul(b, 5);
      const word = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
      // A branch here would be mispredicted at random, which takes three times as long.
      values[i] = value * Number(word >= least);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    [this.a, this.b, this.c, this.d] = [a, b, c, d];
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Uniform integer in [0, bound), without bias (rejection); bound from 1 to 2^32. */
  below(bound: number): number {
    if (!(bound >= 1 && bound <= 4294967296 && Number.isInteger(bound)))
      throw new RangeError(`RandomStream.below: bound ${bound} is not an integer from 1 to 2^32`);
    const limit = 4294967296 - (4294967296 % bound);
    for (;;) {
      const value = this.uint32();
      if (value < limit) return value % bound;
    }
  }

  /** Standard normal deviate (Box-Muller; the sine half is thrown away to keep the stream memoryless). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher-Yates, from the last index down). */
  shuffle<T extends number[] | Int32Array | Uint32Array>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return values;
  }
}

/** An integer below 2^48 derived from a name, to seed a library that takes one number. */
export function derivedSeed(...name: readonly (string | number)[]): number {
  return createHash("sha256").update(name.join("/"), "utf8").digest().readUIntLE(0, 6);
}
