import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { expect } from "vitest";
import { isFloat } from "../../../../src/checkpoint/dtype";
import { CheckpointError } from "../../../../src/checkpoint/error";
import { openCheckpoint } from "../../../../src/checkpoint/open";

/** Changes of a file that a hostile or broken one may have: bytes, 32-bit numbers, pieces moved, removed or repeated. */
const change = fc.oneof(
  fc.record({ kind: fc.constant("byte" as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({
    kind: fc.constant("number" as const),
    at: fc.nat(),
    value: fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0, 0x10000),
  }),
  fc.record({ kind: fc.constant("copy" as const), at: fc.nat(), value: fc.nat() }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), value: fc.nat() }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(bytes: Uint8Array, { kind, at, value }: Change): Uint8Array {
  const changed = Uint8Array.from(bytes);
  if (bytes.length < 16) return changed;
  const place = at % bytes.length;
  if (kind === "byte") changed[place] = value;
  if (kind === "number")
    new DataView(changed.buffer).setUint32(Math.min(place, bytes.length - 4), value, true);
  if (kind === "copy") changed.copyWithin(place, value % bytes.length, (value % bytes.length) + 16);
  return kind === "cut" ? changed.subarray(0, place) : changed;
}

/** Milliseconds that no small file may take, with much room for a busy machine. */
const LONGEST = 5_000;

/**
 * Opens changed variants of a file and reads all float tensors: each gives values or one CheckpointError, in bounded
 * time and without large buffers.
 * @param whole the bytes that are changed
 * @param write puts them where the reader finds them and returns what to open
 */
export async function expectToSurviveMutations(
  whole: Uint8Array,
  write: (bytes: Uint8Array) => string,
  numRuns: number,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const file = write(changes.reduce(apply, whole));
      const begun = performance.now();
      await openAndRead(file);
      expect(performance.now() - begun).toBeLessThan(LONGEST);
    }),
    { numRuns, seed: 17 },
  );
}

async function openAndRead(file: string): Promise<void> {
  try {
    const checkpoint = await openCheckpoint(file);
    try {
      for (const tensor of checkpoint.tensors) {
        if (!isFloat(tensor.dtype)) continue;
        const values = new Float32Array(Math.min(tensor.parameters, 100));
        const last = tensor.parameters - values.length;
        for (const start of [0, last]) await checkpoint.readFloats(tensor, start, values);
      }
    } finally {
      await checkpoint.close();
    }
  } catch (error) {
    if (error instanceof CheckpointError) return;
    throw error;
  }
}
