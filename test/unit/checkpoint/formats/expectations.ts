import { openSync, closeSync, readFileSync, readSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Checkpoint, TensorInfo } from "../../../../src/checkpoint/checkpoint";
import { decodeFloats } from "../../../../src/checkpoint/decode";
import { elementBytes, isFloat, type PlainFloatDType } from "../../../../src/checkpoint/dtype";
import { openCheckpoint } from "../../../../src/checkpoint/open";

export const fixtures = path.join(__dirname, "../../../fixtures/checkpoint");

/** One tensor of the lists that test/fixtures/checkpoint/expectations.py writes. */
interface ExpectedTensor {
  readonly name: string;
  readonly role: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Numbers, and strings for what JSON lacks; of float tensors only. */
  readonly values?: readonly (number | string)[];
  readonly raw?: boolean;
}

/**
 * Opens a fixture and holds its names, roles, types, shapes and values against what the real package reads.
 * @param notListed tensors that the list leaves out, because they are large
 */
export async function expectAsThePackageReads(
  file: string,
  list: string,
  notListed: readonly string[] = [],
): Promise<void> {
  const expected = JSON.parse(readFileSync(path.join(fixtures, list), "utf8")) as ExpectedTensor[];
  const checkpoint = await openCheckpoint(path.join(fixtures, file));
  try {
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    const compared = checkpoint.tensors.filter(({ name }) => !notListed.includes(name));
    const described = compared.map(({ name, role, dtype, shape }) => {
      return { name, role, dtype, shape: [...shape] };
    });
    expect(described.sort(byName)).toEqual(
      expected.map(({ name, role, dtype, shape }) => ({ name, role, dtype, shape })).sort(byName),
    );
    for (const tensor of expected) await expectValues(checkpoint, tensor);
  } finally {
    await checkpoint.close();
  }
}

async function expectValues(
  checkpoint: Checkpoint,
  { name, values, raw }: ExpectedTensor,
): Promise<void> {
  const tensor = checkpoint.tensor(name)!;
  if (raw !== undefined) expect(checkpoint.raw(tensor) !== null, `${name} plain`).toBe(raw);
  if (!isFloat(tensor.dtype)) return;
  const wanted = values!.map((value) =>
    typeof value === "number" ? value : Number(value.replace("inf", "Infinity")),
  );
  const read = new Float64Array(tensor.parameters);
  await checkpoint.readFloats(tensor, 0, read);
  expect([...read], name).toEqual(wanted);
  const start = Math.floor(read.length / 3);
  const part = new Float32Array(Math.ceil(read.length / 2));
  await checkpoint.readFloats(tensor, start, part);
  expect(part, `${name} from ${start}`).toEqual(
    Float32Array.from(wanted.slice(start, start + part.length)),
  );
  const place = checkpoint.raw(tensor);
  if (place) expect([...readRaw(tensor, place)], `${name} plain`).toEqual(wanted);
}

function readRaw(
  { dtype, parameters }: TensorInfo,
  { file, offset }: { file: string; offset: number },
): Float64Array {
  const bytes = new Uint8Array(parameters * elementBytes(dtype));
  const descriptor = openSync(file, "r");
  readSync(descriptor, bytes, 0, bytes.length, offset);
  closeSync(descriptor);
  const values = new Float64Array(parameters);
  decodeFloats(bytes, dtype as PlainFloatDType, values);
  return values;
}
