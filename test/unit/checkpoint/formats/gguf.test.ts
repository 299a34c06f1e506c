import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { dequantise } from "../../../../src/checkpoint/dequantise";
import { CheckpointError } from "../../../../src/checkpoint/error";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";

const file = path.join(fixtures, "gguf/every-type.gguf");

it.each(["every-type", "aligned"])("reads %s as the gguf package does", async (name) => {
  await expectAsThePackageReads(`gguf/${name}.gguf`, `gguf/${name}.json`);
});

it("keeps metadata as text, long arrays cut short", async () => {
  const checkpoint = await openCheckpoint(file);
  expect(Object.fromEntries(checkpoint.metadata)).toMatchObject({
    "general.architecture": "llama",
    "general.name": "fixture é",
    answer: "42",
    negative: "-5",
    epsilon: "0.00001",
    yes: "true",
    few: "[1, 2, 3]",
    many: "[0, 1, 2, 3, 4, 5, 6, 7, … 100 in all]",
  });
  expect(checkpoint.metadata.get("tokenizer.ggml.tokens")).toMatch(/^\[token 0, .*… 20 in all\]$/);
  await checkpoint.close();
});

it("says of types it does not decode that it does not", async () => {
  const checkpoint = await openCheckpoint(file);
  const tensor = checkpoint.tensor("l.IQ4_XS")!;
  const refused = "l.IQ4_XS is IQ4_XS, which is not decoded";
  await expect(checkpoint.readFloats(tensor, 0, new Float32Array(1))).rejects.toThrow(refused);
  await expect(checkpoint.readNumbers(tensor, 0, 1)).rejects.toThrow(refused);
  await checkpoint.close();
});

/** The gguf package sizes Q8_K but does not dequantise it: a block made by hand, as ggml-common.h declares block_q8_K. */
it("reads Q8_K as ggml defines it: a float32 scale, 256 signed bytes, 16 sums that are not needed", () => {
  const block = (scale: number, quants: readonly number[]) => {
    const bytes = Buffer.alloc(4 + 256 + 2 * 16);
    bytes.writeFloatLE(scale, 0);
    quants.forEach((quant, i) => bytes.writeInt8(quant, 4 + i));
    for (let i = 0; i < 16; i++) bytes.writeInt16LE(-12345, 260 + 2 * i);
    return bytes;
  };
  const rising = Array.from({ length: 256 }, (_, i) => i - 128);
  const falling = rising.toReversed();
  const values = new Float32Array(512);
  dequantise(Buffer.concat([block(0.1, rising), block(-3e-5, falling)]), "Q8_K", values);
  // d * q in float32, as dequantize_row_q8_K computes it.
  const product = (scale: number) => (quant: number) => Math.fround(Math.fround(scale) * quant);
  expect([...values]).toEqual([...rising.map(product(0.1)), ...falling.map(product(-3e-5))]);
});

it("reads any range of quantised rows alike", async () => {
  const checkpoint = await openCheckpoint(file);
  const tensor = checkpoint.tensor("q.Q5_1")!;
  const all = new Float32Array(tensor.parameters);
  await checkpoint.readFloats(tensor, 0, all);
  for (let start = 0; start < all.length; start += 5)
    for (const count of [0, 1, 7, all.length - start].filter((n) => start + n <= all.length)) {
      const part = new Float64Array(count);
      await checkpoint.readFloats(tensor, start, part);
      expect(part).toEqual(Float64Array.from(all.subarray(start, start + count)));
    }
  await checkpoint.close();
});

describe("a file that breaks the rules", () => {
  const directory = temporaryDirectory();

  function text(value: string): number[] {
    return [value.length, 0, 0, 0, 0, 0, 0, 0, ...Buffer.from(value)];
  }
  const long = (value: number) => [...new Uint8Array(BigUint64Array.of(BigInt(value)).buffer)];
  const word = (value: number) => [...new Uint8Array(Uint32Array.of(value).buffer)];
  const header = (version: number, tensors: number, pairs: number) => [
    ...Buffer.from("GGUF"),
    ...word(version),
    ...long(tensors),
    ...long(pairs),
  ];
  const tensor = (name: string, dims: number[], type: number, offset: number) => [
    ...text(name),
    ...word(dims.length),
    ...dims.flatMap(long),
    ...word(type),
    ...long(offset),
  ];
  const deep = Array.from({ length: 100 }, () => [...word(9), ...long(1)]).flat();

  it.each([
    ["unknown GGUF version 1", header(1, 0, 0)],
    ["big-endian", header(0x03000000, 0, 0)],
    ["more than 1000000 tensors", header(3, Number.MAX_SAFE_INTEGER, 0)],
    ["end early", header(3, 1_000_000, 0)],
    ["end early", header(3, 0, 1_000_000)],
    ["unknown value type 77", [...header(3, 0, 1), ...text("k"), ...word(77)]],
    ["nested too deeply", [...header(3, 0, 1), ...text("k"), ...word(9), ...deep]],
    ["end early", [...header(3, 0, 1), ...text("k"), ...word(9), ...word(0), ...long(2 ** 50)]],
    [
      "occurs twice",
      [...header(3, 0, 2), ...text("k"), ...word(7), 1, ...text("k"), ...word(7), 1],
    ],
    ["no power of two", [...header(3, 0, 1), ...text("general.alignment"), ...word(4), ...word(3)]],
    ["unknown type 4", [...header(3, 1, 0), ...tensor("t", [32], 4, 0)]],
    ["do not fill blocks", [...header(3, 1, 0), ...tensor("t", [33], 2, 0)]],
    ["9 dimensions", [...header(3, 1, 0), ...tensor("t", Array<number>(9).fill(1), 0, 0)]],
    ["too large", [...header(3, 1, 0), ...tensor("t", [2 ** 40, 2 ** 40], 0, 0)]],
    ["the file ends at", [...header(3, 1, 0), ...tensor("t", [32], 0, 0)]],
    ["two tensors", [...header(3, 2, 0), ...tensor("t", [0], 0, 0), ...tensor("t", [0], 0, 0)]],
  ])("says %s", async (reason, bytes) => {
    const name = writeBytes(directory, "wrong.gguf", Uint8Array.from([...bytes, ...long(0)]));
    const error = await openCheckpoint(name).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as CheckpointError).message).toContain(reason);
  });

  it("is refused at any truncation", async () => {
    const whole = readFileSync(file);
    for (let cut = 4; cut < whole.length - 32; cut += 53) {
      const name = writeBytes(directory, "cut.gguf", whole.subarray(0, cut));
      await expect(openCheckpoint(name), `cut at ${cut}`).rejects.toThrow(CheckpointError);
    }
  });
});
