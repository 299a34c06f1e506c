import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import {
  bytes as field,
  float,
  integer,
  message,
} from "../../../../src/training/compiler/onnx/protobuf";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";
import { expectToSurviveMutations } from "./mutations";

const directory = temporaryDirectory();

/** A model of one initializer, whose fields are given. */
function model(...tensor: readonly Buffer[]): Buffer {
  return message(integer(1, 10), field(7, field(5, message(field(8, "w"), ...tensor))));
}

function opening(bytes: Uint8Array) {
  return openCheckpoint(writeBytes(directory, "model.onnx", bytes));
}

it.each(["every-type", "external", "pieces"])("reads %s as onnx does", async (name) => {
  await expectAsThePackageReads(`onnx/${name}.onnx`, `onnx/${name}.json`);
});

it("tells what the model says of itself", async () => {
  const checkpoint = await openCheckpoint(path.join(fixtures, "onnx/every-type.onnx"));
  await checkpoint.close();
  expect(checkpoint.format).toBe("onnx");
  expect(Object.fromEntries(checkpoint.metadata)).toMatchObject({
    producer_name: "fixture",
    author: "é",
    step: "10",
  });
});

it("names what it cannot read, and lists types without values", async () => {
  const tensor = (name: string, type: number, bytes: number) =>
    field(
      5,
      message(integer(1, 3), field(8, name), integer(2, type), field(9, Buffer.alloc(bytes))),
    );
  const graph = message(tensor("text", 8, 3), tensor("two bits", 26, 1), tensor("i4", 22, 2));
  const checkpoint = await opening(message(integer(1, 10), field(7, graph)));
  expect(checkpoint.tensors.map(({ name, dtype }) => [name, dtype])).toEqual([["i4", "I4"]]);
  expect(checkpoint.unreadable).toEqual([
    { name: "text", reason: "holds text" },
    { name: "two bits", reason: "has elements of ONNX's data type 26" },
  ]);
  await checkpoint.close();
});

it("opens a model of which some initializers are sparse or in segments, and names them", async () => {
  const sparse = await openCheckpoint(path.join(fixtures, "onnx/sparse.onnx"));
  await sparse.close();
  expect(sparse.tensors.map(({ name }) => name)).toEqual(["dense"]);
  expect(sparse.unreadable).toEqual([{ name: "sparse", reason: "is sparse" }]);
  const segments = await opening(model(field(3, Buffer.alloc(0))));
  await segments.close();
  expect(segments.unreadable).toEqual([{ name: "w", reason: "is stored in segments" }]);
});

it("reads any range of varints that take many blocks", async () => {
  const count = 200_000;
  const bits = Array.from({ length: count }, (_, i) => (i * 7919) % 0x7c00);
  const varints = Buffer.concat(bits.map((n) => integer(5, n).subarray(1)));
  const checkpoint = await opening(model(integer(1, count), integer(2, 10), field(5, varints)));
  const tensor = checkpoint.tensor("w")!;
  const all = new Float32Array(count);
  await checkpoint.readFloats(tensor, 0, all);
  for (const i of [0, 1, 65_535, 65_536, 131_072, count - 1]) {
    const one = new Float32Array(1);
    await checkpoint.readFloats(tensor, i, one);
    expect(one[0]).toBe(all[i]);
    const exponent = bits[i] >> 10;
    const fraction = (bits[i] & 1023) / 1024;
    expect(one[0]).toBe(
      exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15),
    );
  }
  await checkpoint.close();
});

describe("external data", () => {
  const external = (location: string, more: readonly [string, string][] = []) => {
    const pairs: [string, string][] = [["location", location], ...more];
    return model(
      integer(1, 2),
      integer(2, 1),
      ...pairs.map(([key, value]) => field(13, message(field(1, key), field(2, value)))),
      integer(14, 1),
    );
  };
  writeFileSync(path.join(directory, "data.bin"), Buffer.alloc(16));
  mkdirSync(path.join(directory, "inside"));
  symlinkSync(path.join(fixtures, "onnx/external.bin"), path.join(directory, "link.bin"));
  symlinkSync(fixtures, path.join(directory, "inside/out"));

  it("is read where it lies in the folder", async () => {
    const checkpoint = await opening(external("data.bin", [["offset", "8"]]));
    expect(checkpoint.raw(checkpoint.tensors[0])).toEqual({
      file: path.join(directory, "data.bin"),
      offset: 8,
    });
    await checkpoint.close();
  });

  it.each([
    ["../data.bin", "plain relative name"],
    ["inside/../../data.bin", "plain relative name"],
    [path.join(directory, "data.bin"), "plain relative name"],
    ["..\\data.bin", "plain relative name"],
    ["C:\\data.bin", "plain relative name"],
    ["", "plain relative name"],
    ["data.bin\0", "plain relative name"],
    ["absent.bin", "cannot be found"],
    ["link.bin", "out of the folder"],
    ["inside/out/onnx/external.bin", "out of the folder"],
  ])("at %j is refused", async (location, reason) => {
    await expect(opening(external(location))).rejects.toThrow(reason);
  });

  it.each([
    [["offset", "12"], "of 16 bytes"],
    [["offset", "-1"], "no valid offset"],
    [["offset", "99999999999999999999"], "no valid offset"],
    [["length", "4"], "need 8 bytes"],
  ] as const)("with %j is refused", async (pair, reason) => {
    await expect(opening(external("data.bin", [[...pair]]))).rejects.toThrow(reason);
  });
});

describe("a model that breaks the rules", () => {
  const eight = field(9, Buffer.alloc(8));
  it.each<[string, Buffer]>([
    ["need 12 bytes", model(integer(1, 3), integer(2, 1), eight)],
    ["not one", model(integer(1, -1), integer(2, 1), eight)],
    ["too large", model(...Array.from({ length: 5 }, () => integer(1, 2 ** 40)), integer(2, 1))],
    ["1 elements by its shape", model(integer(1, 1), integer(2, 1))],
    ["padded tag", model(integer(1, 1), integer(2, 1), integer(4, 1))],
    ["within a number", model(integer(1, 1), integer(2, 10), field(5, Buffer.of(0x80)))],
    ["no name", model(field(8, ""), integer(2, 1), float(4, 1))],
    [
      "two tensors are called",
      message(model(integer(2, 1), float(4, 1)), model(integer(2, 1), float(4, 1))),
    ],
    ["no graph", message(integer(1, 10), field(2, "someone"))],
    ["not a protobuf field", message(model(integer(2, 1), float(4, 1)), Buffer.of(0x3a, 0xff))],
    ["passes the end", message(integer(1, 10), Buffer.of(0x3a, 0x7f, 0))],
    ["without values", message(integer(1, 10), field(7, field(15, "")))],
  ])("is refused: %s", async (reason, bytes) => {
    await expect(opening(bytes)).rejects.toThrow(reason);
  });
});

it.each(["every-type", "pieces"])("survives changes of %s", async (name) => {
  const whole = readFileSync(path.join(fixtures, `onnx/${name}.onnx`));
  await expectToSurviveMutations(
    whole,
    (bytes) => writeBytes(directory, "changed.onnx", bytes),
    1500,
  );
});

it("survives changes of a model with external data", async () => {
  copyFileSync(path.join(fixtures, "onnx/external.bin"), path.join(directory, "external.bin"));
  const whole = readFileSync(path.join(fixtures, "onnx/external.onnx"));
  await expectToSurviveMutations(
    whole,
    (bytes) => writeBytes(directory, "changed.onnx", bytes),
    1000,
  );
});
