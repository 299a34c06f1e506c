import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { CheckpointError } from "../../../src/checkpoint/error";
import { RangeFile } from "../../../src/checkpoint/range-file";
import { temporaryDirectory } from "./temporary";

const directory = temporaryDirectory();

async function readAt(file: RangeFile, position: number, length: number): Promise<string> {
  const bytes = Buffer.alloc(length);
  await file.read(bytes, position);
  return bytes.toString("latin1");
}

it("reads more files in turn than it keeps open", async () => {
  const files = Array.from({ length: 4200 }, (_, i) => {
    const name = path.join(directory, `many-${i}`);
    writeFileSync(name, `file ${String(i).padStart(4, "0")}`);
    return new RangeFile(name);
  });
  for (let pass = 0; pass < 2; pass++)
    for (const [i, file] of files.entries())
      expect(await readAt(file, 5, 4)).toBe(String(i).padStart(4, "0"));
  await Promise.all(files.map((file) => file.close()));
});

it("names the place where a file ends early", async () => {
  const name = path.join(directory, "short");
  writeFileSync(name, "12345");
  const file = new RangeFile(name);
  const error = await readAt(file, 2, 4).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(CheckpointError);
  expect((error as CheckpointError).offset).toBe(5);
  await file.close();
});

it("refuses to go on with another file of the same name", async () => {
  const name = path.join(directory, "replaced");
  writeFileSync(name, "first");
  const file = new RangeFile(name);
  expect(await readAt(file, 0, 5)).toBe("first");
  await file.close();
  rmSync(name);
  writeFileSync(name, "other one");
  await expect(readAt(file, 0, 5)).rejects.toThrow("changed while it was being read");
  await file.close();
});
