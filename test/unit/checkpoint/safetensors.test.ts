import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../src/checkpoint/error";
import { inspectCheckpoint } from "../../../src/checkpoint/inspect";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { safetensorsBytes, temporaryDirectory, writeBytes } from "./temporary";

const fixtures = path.join(__dirname, "../../fixtures/checkpoint");
const directory = temporaryDirectory();

function number(value: number | string): number {
  return typeof value === "number" ? value : Number(value.replace("inf", "Infinity"));
}

describe("a file of every dtype, written by the safetensors package", () => {
  const file = path.join(fixtures, "every-dtype.safetensors");

  it("lists tensors, totals and metadata", async () => {
    const checkpoint = await openCheckpoint(file);
    const inspection = inspectCheckpoint(checkpoint);
    await checkpoint.close();
    expect(inspection.format).toBe("safetensors");
    expect(inspection.metadata).toEqual({ format: "pt", note: 'é "quoted" \\ \n' });
    expect(new Set(inspection.tensors.map(({ dtype }) => dtype))).toEqual(
      new Set("F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL F8_E4M3 F8_E5M2".split(" ")),
    );
    expect(checkpoint.tensor("scalar")).toMatchObject({ shape: [], parameters: 1 });
    expect(checkpoint.tensor("empty")).toMatchObject({ shape: [3, 0], parameters: 0 });
    expect(checkpoint.tensor("n.bool")).toMatchObject({ shape: [2, 3], dtype: "BOOL" });
    expect(inspection.parameters).toBe(inspection.floatParameters + 9 * 6);
  });

  it.each([Float32Array, Float64Array])("decodes every float dtype into %o", async (Values) => {
    const expected = JSON.parse(
      readFileSync(path.join(fixtures, "every-dtype.json"), "utf8"),
    ) as Record<string, (number | string)[]>;
    const checkpoint = await openCheckpoint(file);
    for (const [name, list] of Object.entries(expected)) {
      const values = new Values(list.length);
      await checkpoint.readFloats(checkpoint.tensor(name)!, 0, values);
      expect(values, name).toEqual(Values.from(list.map(number)));
    }
    await checkpoint.close();
  });

  it("reads any range alike", async () => {
    const checkpoint = await openCheckpoint(file);
    const tensor = checkpoint.tensor("x.BF16")!;
    const all = new Float32Array(tensor.parameters);
    await checkpoint.readFloats(tensor, 0, all);
    for (const [start, count] of [
      [0, 1],
      [13, 100],
      [1023, 1],
      [1024, 0],
    ]) {
      const part = new Float32Array(count);
      await checkpoint.readFloats(tensor, start, part);
      expect(part).toEqual(all.slice(start, start + count));
    }
    const outside = checkpoint.readFloats(tensor, 1000, new Float32Array(25));
    await expect(outside).rejects.toThrow(RangeError);
    const integers = checkpoint.readFloats(checkpoint.tensor("n.int8")!, 0, new Float32Array(1));
    await expect(integers).rejects.toThrow(RangeError);
    await checkpoint.close();
  });
});

describe("a file that breaks the rules", () => {
  const f32 = (shape: string, begin: number, end: number) =>
    `{"dtype":"F32","shape":${shape},"data_offsets":[${begin},${end}]}`;
  const cases: [string, string, number][] = [
    ["does not fit", `{`.repeat(3), 0],
    ["unknown dtype", `{"a":{"dtype":"F7","shape":[],"data_offsets":[0,4]}}`, 4],
    ["occurs twice", `{"a":${f32("[1]", 0, 4)},"a":${f32("[1]", 0, 4)}}`, 4],
    ["occurs twice", `{"a":${f32("[1]", 0, 4)},"\\u0061":${f32("[1]", 0, 4)}}`, 4],
    ["repeated key", `{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4],
    ["unknown or repeated key", `{"a":{"x":1}}`, 4],
    ["lacks its dtype", `{"a":{"dtype":"F32","shape":[1]}}`, 4],
    ["lacks its dtype", `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}`, 4],
    ["more than 2 numbers", `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}`, 4],
    ["needs 8 bytes", `{"a":${f32("[2]", 0, 4)}}`, 4],
    ["needs 4 bytes", `{"a":${f32("[1]", 4, 0)}}`, 4],
    ["too large", `{"a":${f32("[4294967296,4294967296]", 0, 4)}}`, 4],
    ["too large", `{"a":${f32("[9007199254740991,0,3]", 0, 0)},"b":${f32("[9e15]", 0, 0)}}`, 0],
    ["more than 2^53", `{"a":${f32("[18446744073709551615]", 0, 4)}}`, 4],
    ["unsigned integer", `{"a":${f32("[-1]", 0, 4)}}`, 4],
    ["begins with 0", `{"a":${f32("[01]", 0, 4)}}`, 4],
    ["was expected", `{"a":${f32("[1.0]", 0, 4)}}`, 4],
    ["leave a hole", `{"a":${f32("[1]", 4, 8)}}`, 8],
    ["overlap", `{"a":${f32("[2]", 0, 8)},"b":${f32("[2]", 4, 12)}}`, 12],
    ["the tensors take 4 bytes", `{"a":${f32("[1]", 0, 4)}}`, 5],
    ["the tensors take 4 bytes", `{"a":${f32("[1]", 0, 4)}}`, 3],
    ["something after the end", `{} {}`, 0],
    ["was expected", `{"a":${f32("[1]", 0, 4)},}`, 4],
    ["was expected", `{"__metadata__":{"a":1}}`, 0],
    ["occurs twice", `{"__metadata__":{"a":"1","a":"2"}}`, 0],
    ["without its end", `{"a`, 0],
    ["control character", `{"a\n":${f32("[1]", 0, 4)}}`, 4],
    ["unknown escape", `{"a\\x":${f32("[1]", 0, 4)}}`, 4],
  ];
  it.each(cases)("says %s: %s", async (reason, header, dataBytes) => {
    const bytes = safetensorsBytes(header, new Uint8Array(dataBytes));
    if (reason === "does not fit") bytes[0] = 200;
    const file = writeBytes(directory, "wrong.safetensors", bytes);
    const error = await openCheckpoint(file).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CheckpointError);
    const { message, path: named, offset } = error as CheckpointError;
    if (reason !== "too large" || dataBytes > 0) expect(message).toContain(reason);
    expect(named).toBe(file);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(bytes.length);
  });

  it("takes what the rules allow: padding, any order, names like those of objects", async () => {
    const header = `{"b":${f32("[1]", 4, 8)},"__proto__":${f32("[1]", 0, 4)},"é":${f32("[0]", 4, 4)}}  `;
    const file = writeBytes(directory, "right", safetensorsBytes(header, new Uint8Array(8)));
    const checkpoint = await openCheckpoint(file);
    expect(checkpoint.tensors.map(({ name }) => name)).toEqual(["__proto__", "é", "b"]);
    await checkpoint.close();
  });

  it.each([
    ["huge.safetensors", [255, 255, 255, 255, 255, 255, 255, 255, 0x7b, 0x7d]],
    ["long.safetensors", [1, 225, 245, 5, 0, 0, 0, 0, 0x7b, 0x7d]],
    ["empty.safetensors", []],
    ["other.safetensors", Array.from("not a checkpoint at all", (c) => c.charCodeAt(0))],
  ])("refuses %s", async (name, bytes) => {
    const file = writeBytes(directory, name, Uint8Array.from(bytes));
    await expect(openCheckpoint(file)).rejects.toThrow(CheckpointError);
  });

  it.each([
    ["nested", "{" + '"a":{'.repeat(1_000_000)],
    ["a list", `{"a":{"shape":[${"1,".repeat(2_000_000)}1]}}`],
    ["one name", `{"${"a".repeat(4_000_000)}":1}`],
    [
      "many metadata",
      `{"__metadata__":{${Array.from({ length: 200_000 }, (_, i) => `"${i}":""`).join()}},"x":1}`,
    ],
  ])("refuses megabytes of %s quickly and briefly", async (_, header) => {
    const file = writeBytes(directory, "long", safetensorsBytes(header));
    const start = performance.now();
    const error = await openCheckpoint(file).catch((caught: unknown) => caught);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as CheckpointError).reason.length).toBeLessThan(300);
  });

  it("refuses what is no file", async () => {
    await expect(openCheckpoint(path.join(directory, "absent"))).rejects.toThrow(CheckpointError);
    await expect(openCheckpoint(directory)).rejects.toThrow(CheckpointError);
  });

  it("survives any change of a byte and any truncation", async () => {
    const whole = readFileSync(path.join(fixtures, "b.safetensors"));
    const headerEnd = 8 + Number(whole.readBigUInt64LE());
    const change = fc.record({
      at: fc.nat(headerEnd - 1),
      byte: fc.nat(255),
      cut: fc.option(fc.nat(whole.length)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let bytes = Uint8Array.from(whole);
        for (const { at, byte, cut } of changes) {
          if (at < bytes.length) bytes[at] = byte;
          if (cut !== null) bytes = bytes.subarray(0, cut);
        }
        const file = writeBytes(directory, "changed", bytes);
        try {
          const checkpoint = await openCheckpoint(file);
          await checkpoint.close();
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointError);
        }
      }),
      { numRuns: 400, seed: 11 },
    );
    for (let cut = 0; cut < whole.length; cut += 7) {
      const file = writeBytes(directory, "cut", whole.subarray(0, cut));
      await expect(openCheckpoint(file)).rejects.toThrow(CheckpointError);
    }
  });
});
