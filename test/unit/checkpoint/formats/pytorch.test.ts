import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../../src/checkpoint/error";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { unpickle } from "../../../../src/checkpoint/pickle/unpickle";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";

const folder = path.join(fixtures, "pytorch");

it.each([
  "dtypes.pt",
  "dtypes-legacy.pt",
  "nested.pt",
  "nested-legacy.pt",
  "lightning.ckpt",
  "module.pt",
  "module-legacy.pt",
  "script.pt",
  "numpy.pt",
  "plain.pt",
  "loop.pt",
  "runs-code.pt",
  "runs-code-legacy.pt",
  "torch-2-types.pt",
  "torch-2-recurrent.pt",
  "torch-2-roles.pt",
  ...[1, 3, 4, 5].flatMap((n) => [`protocol-${n}.pt`, `protocol-${n}-legacy.pt`]),
])("reads %s as torch does", async (name) => {
  const list = name.replace(/\.\w+$/, ".json");
  await expectAsThePackageReads(`pytorch/${name}`, `pytorch/${list}`);
  expect(existsSync("weight-odometer-was-here")).toBe(false);
});

it("names tensors without values of their own", async () => {
  const checkpoint = await open("torch-2-types.pt");
  await checkpoint.close();
  expect(checkpoint.unreadable.map(({ name }) => name)).toEqual(["sparse", "meta", "negated"]);
});

async function open(name: string) {
  return openCheckpoint(path.join(folder, name));
}

async function floats(name: string, tensor: string): Promise<number[]> {
  const checkpoint = await open(name);
  const values = new Float64Array(checkpoint.tensor(tensor)!.parameters);
  await checkpoint.readFloats(checkpoint.tensor(tensor)!, 0, values);
  await checkpoint.close();
  return [...values];
}

describe("what newer versions and other tools write", () => {
  const sevenths = Array.from({ length: 6 }, (_, i) => Math.fround(Math.fround(i) / 7));

  it.each(["plain.pt", "big.pt", "deflated.pt"])("reads the same values of %s", async (name) => {
    expect(await floats(name, "w")).toEqual(sevenths);
  });

  it("gives no plain place of big-endian or deflated values", async () => {
    for (const name of ["big.pt", "deflated.pt"]) {
      const checkpoint = await open(name);
      expect(checkpoint.raw(checkpoint.tensor("w")!)).toBeNull();
      await checkpoint.close();
    }
  });

  it("reads float8 of an untyped storage", async () => {
    const checkpoint = await open("float8.pt");
    expect(checkpoint.tensor("w")).toMatchObject({ dtype: "F8_E4M3", shape: [2, 4] });
    await checkpoint.close();
    // Codes 58 to 65: exponent 7 (1.25 …) and 8 (2, 2.25).
    expect(await floats("float8.pt", "w")).toEqual([1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2, 2.25]);
  });
});

describe("parts and numbers", () => {
  it("tells the container's name apart from the tensors' and keeps what lies beside", async () => {
    const checkpoint = await open("nested.pt");
    expect(checkpoint.tensor("conv.weight")).toMatchObject({ part: "state_dict", role: "weight" });
    expect(checkpoint.tensor("head.weight")).toMatchObject({ part: "state_dict", shape: [3, 2] });
    const outside = checkpoint.tensor("head.weight (outside state_dict)");
    expect(outside).toMatchObject({ role: "weight", shape: [2] });
    expect(outside?.part).toBeUndefined();
    expect(Object.fromEntries(checkpoint.metadata)).toEqual({
      epoch: "3",
      loss: "0.25",
      arch: "Net é",
      done: "false",
    });
    await checkpoint.close();
  });

  it("reads integers exactly", async () => {
    const checkpoint = await open("dtypes.pt");
    const numbers = (name: string) => {
      const tensor = checkpoint.tensor(name)!;
      return checkpoint.readNumbers(tensor, 0, tensor.parameters);
    };
    expect(await numbers("i64")).toEqual(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n));
    expect(await numbers("i8")).toEqual(Float64Array.of(-3, -2, -1));
    expect(await numbers("u8")).toEqual(Float64Array.of(250, 251, 252, 253, 254, 255));
    expect(await numbers("bool")).toEqual(Float64Array.of(1, 0, 1));
    expect(await numbers("scalar")).toEqual(Float64Array.of(2.5));
    await expect(numbers("c64")).rejects.toThrow(RangeError);
    await checkpoint.close();
  });

  it("places tied tensors at one place", async () => {
    const checkpoint = await open("dtypes.pt");
    const [one, other] = ["tied", "again"].map((name) => checkpoint.raw(checkpoint.tensor(name)!));
    expect(one).toEqual(other);
    await checkpoint.close();
  });
});

describe("hostile and broken files", () => {
  const directory = temporaryDirectory();
  const failure = async (file: string) =>
    openCheckpoint(file).then(
      () => null,
      (error: unknown) => error as CheckpointError,
    );

  it("stops at a pickle whose parts double and double again", async () => {
    expect((await failure(path.join(folder, "doubling.pt")))?.reason).toContain("too often");
  });

  it("says what can be done with the oldest format", async () => {
    expect((await failure(path.join(folder, "oldest.tar")))?.reason).toContain("save it anew");
  });

  it("says that a file is cut off", async () => {
    for (const name of ["dtypes.pt", "dtypes-legacy.pt"]) {
      const whole = readFileSync(path.join(folder, name));
      for (let cut = 64; cut < whole.length; cut += 97) {
        const file = writeBytes(directory, "cut.pt", whole.subarray(0, cut));
        expect(await failure(file), `${name} to ${cut}`).toBeInstanceOf(CheckpointError);
      }
    }
  });

  it.each([
    ["a string longer than the file", [0x8d, 255, 255, 255, 255, 255, 255, 255, 127]],
    ["an unknown opcode", [0x80, 2, 0xff]],
    ["an unknown protocol", [0x80, 6]],
    ["an empty stack", [0x52]],
    ["no mark", [0x74]],
    ["nothing kept", [0x68, 3]],
    ["out-of-band buffers", [0x97]],
  ])("refuses a pickle with %s", (_, bytes) => {
    expect(() => unpickle(Uint8Array.from(bytes))).toThrow(/./);
  });
});
