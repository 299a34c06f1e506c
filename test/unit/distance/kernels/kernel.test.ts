import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeFloats } from "../../../../src/checkpoint/decode";
import type { ChangeSums } from "../../../../src/distance/change-sums";
import { joinSums } from "../../../../src/distance/change-sums";
import { DecodedSums } from "../../../../src/distance/decoded-sums";
import { Kernel } from "../../../../src/distance/kernels/kernel";
import type { Piece } from "../../../../src/distance/kernels/piece";
import { temporaryDirectory } from "../../checkpoint/temporary";
import { buildKernel } from "./built-kernel";

const dtypes = [
  { dtype: "F64", type: 0, width: 8 },
  { dtype: "F32", type: 1, width: 4 },
  { dtype: "BF16", type: 2, width: 2 },
  { dtype: "F16", type: 3, width: 2 },
  { dtype: "F8_E4M3", type: 4, width: 1 },
  { dtype: "F8_E5M2", type: 5, width: 1 },
] as const;
type Type = (typeof dtypes)[number];

const directory = temporaryDirectory();
let kernel: Kernel;
beforeAll(async () => {
  kernel = new Kernel((await buildKernel(directory)).module);
}, 60_000);

function byKernel(a: Uint8Array, b: Uint8Array, typeA: Type, typeB: Type): ChangeSums {
  const side = (name: string, { type, width }: Type) => ({ file: name, offset: 0, type, width });
  const length = a.length / typeA.width;
  const piece: Piece = { pair: 0, length, a: side("a", typeA), b: side("b", typeB) };
  return kernel.sums(piece, ({ file }, position, into) => {
    into.set((file === "a" ? a : b).subarray(position, position + into.length));
  });
}

function byReference(a: Uint8Array, b: Uint8Array, typeA: Type, typeB: Type): ChangeSums {
  const decode = (bytes: Uint8Array, { dtype, width }: Type) => {
    const values = new Float64Array(bytes.length / width);
    decodeFloats(bytes, dtype, values);
    return values;
  };
  const sums = new DecodedSums();
  sums.add(decode(a, typeA), decode(b, typeB));
  return sums.values;
}

/** Counts must be equal; sums may differ in the order of additions. */
function expectSame(found: ChangeSums, expected: ChangeSums): void {
  const { difference, squareA, squareB, dot, ...counts } = expected;
  expect(found).toMatchObject(counts);
  const close = (sum: number, other: number, size: number) => {
    if (!Number.isFinite(other)) expect(Number.isFinite(sum)).toBe(false);
    else expect(Math.abs(sum - other)).toBeLessThanOrEqual(1e-12 * size);
  };
  close(found.difference, difference, difference);
  close(found.squareA, squareA, squareA);
  close(found.squareB, squareB, squareB);
  if (Number.isFinite(squareA + squareB)) close(found.dot, dot, Math.sqrt(squareA * squareB));
}

/** Bytes of elements: near each other, alike, or of any bits, which are often not finite or subnormal. */
function pairOfBytes(length: number, typeA: Type, typeB: Type, kind: string, seed: number) {
  let state = seed | 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8;
  const fill = ({ width }: Type) => {
    const bytes = new Uint8Array(length * width).map(() => next());
    // An upper byte of small exponents: finite, as weights are.
    if (kind !== "any")
      for (let i = width - 1; i < bytes.length; i += width) bytes[i] = (bytes[i] & 0x81) | 0x3a;
    return bytes;
  };
  const a = fill(typeA);
  if (kind === "any" || typeA !== typeB) return [a, fill(typeB)] as const;
  const b = a.slice();
  if (kind === "near") for (let i = 0; i < b.length; i += 1 + (next() % 97)) b[i] = next() & 0x3f;
  return [a, b] as const;
}

describe("the kernel against the reference", () => {
  const oneType = fc.constantFrom(...dtypes);
  const kinds = fc.constantFrom("any", "near", "alike");

  it("agrees for any types, lengths and bits", () => {
    fc.assert(
      fc.property(
        oneType,
        oneType,
        fc.oneof(fc.nat(70), fc.nat(20_000)),
        kinds,
        fc.nat(),
        (typeA, typeB, length, kind, seed) => {
          const [a, b] = pairOfBytes(length, typeA, typeB, kind, seed);
          expectSame(byKernel(a, b, typeA, typeB), byReference(a, b, typeA, typeB));
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it.each(dtypes)("agrees on every code of $dtype", (type) => {
    const codes = new Uint8Array(Uint16Array.from({ length: 65_536 }, (_, code) => code).buffer);
    const whole = codes.slice(0, codes.length - (codes.length % type.width));
    const zeros = new Uint8Array(whole.length);
    expectSame(byKernel(whole, zeros, type, type), byReference(whole, zeros, type, type));
    expectSame(byKernel(zeros, whole, type, type), byReference(zeros, whole, type, type));
  });

  it("agrees on special values side by side", () => {
    const specials = [NaN, Infinity, -Infinity, 0, -0, 1e-45, -1e-45, 3e38, -3e38, 1, -1];
    const pairs = specials.flatMap((x) => specials.map((y) => [x, y] as const));
    const [a, b] = [0, 1].map((side) => Float32Array.from(pairs, (pair) => pair[side]));
    const bytes = (values: Float32Array) => new Uint8Array(values.buffer);
    const found = byKernel(bytes(a), bytes(b), dtypes[1], dtypes[1]);
    expectSame(found, byReference(bytes(a), bytes(b), dtypes[1], dtypes[1]));
    expect(found.nonFinite).toBe(3 * 11 + 8 * 3);
    expect(found.histogram.unchanged).toBe(8 + 2);
  });

  it("finds the first place of the largest change, wherever it is", () => {
    fc.assert(
      fc.property(fc.nat(9_999), fc.nat(9_999), (first, second) => {
        const a = new Float32Array(10_000);
        const b = new Float32Array(10_000).fill(0.5);
        b[first] = -2;
        b[second] = 2;
        const found = byKernel(
          new Uint8Array(a.buffer),
          new Uint8Array(b.buffer),
          dtypes[1],
          dtypes[1],
        );
        expect([found.max, found.maxIndex]).toEqual([2, Math.min(first, second)]);
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it("joins pieces to what the whole gives", () => {
    const type = dtypes[2];
    const [a, b] = pairOfBytes(300_001, type, type, "near", 5);
    const cut = 123_457 * type.width;
    const parts = joinSums([
      byKernel(a.subarray(0, cut), b.subarray(0, cut), type, type),
      byKernel(a.subarray(cut), b.subarray(cut), type, type),
    ]);
    expectSame(parts, byKernel(a, b, type, type));
  });
});
