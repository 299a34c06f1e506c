import { readFileSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MetricError } from "../../../src/metrics/error";
import { readTensorBoard } from "../../../src/metrics/event-file/read-tensorboard";
import { recordsOf } from "../../../src/metrics/event-file/records";
import { scalarsOf } from "../../../src/metrics/event-file/scalars";
import { mutate } from "../../support/mutate";
import { event, framed } from "./event-bytes";
import { folderOf } from "./temporary";

const fixtures = path.resolve(__dirname, "../../fixtures/metrics");
const { steps, series } = JSON.parse(
  readFileSync(path.join(fixtures, "expected.json"), "utf8"),
) as { steps: number[]; series: Record<string, number[]> };

describe("event files that real writers wrote", () => {
  it.each(["torch/plain", "torch/new-style", "tensorflow/version-2", "tensorflow/version-1"])(
    "%s holds what was logged",
    async (folder) => {
      for (const [tag, values] of Object.entries(series)) {
        const points = await readTensorBoard(path.join(fixtures, folder), tag);
        expect(points.map(({ step }) => step)).toEqual(steps);
        const exact = folder === "torch/new-style" && tag === "loss";
        expect(points.map(({ value }) => value)).toEqual(exact ? values : values.map(Math.fround));
      }
    },
  );

  it("reads scalars of other types, and no vector for one", async () => {
    const folder = path.join(fixtures, "tensorflow/version-2");
    const read = async (tag: string) =>
      (await readTensorBoard(folder, tag)).map(({ value }) => value);
    expect(await read("half")).toEqual(steps.map(() => 1.25));
    expect(await read("brain")).toEqual(steps.map(() => 1.25));
    expect(await read("count")).toEqual(steps);
    await expect(read("vector")).rejects.toThrow(/no scalar has the tag vector; there are loss,/);
  });

  it("goes on from where a restarted training wrote anew", async () => {
    const points = await readTensorBoard(path.join(fixtures, "torch/restarted"), "loss");
    expect(points.map(({ step }) => step)).toEqual(steps);
    const logged = series["loss"].map((value, i) => Math.fround(i < 3 ? value : value + 1));
    expect(points.map(({ value }) => value)).toEqual(logged);
  });

  it("wants one folder named where training and validation have the same tag", async () => {
    const folder = path.join(fixtures, "keras");
    const history = JSON.parse(await readFile(path.join(folder, "history.json"), "utf8")) as {
      val_loss: number[];
    };
    await expect(readTensorBoard(folder, "epoch_loss")).rejects.toThrow(
      /in several folders: name one, such as (train or validation|validation or train)/,
    );
    const points = await readTensorBoard(path.join(folder, "validation"), "epoch_loss");
    expect(points.map(({ value }) => value)).toEqual(history.val_loss.map(Math.fround));
  });
});

const scalar = fc.record({
  tag: fc.string({ unit: "grapheme", maxLength: 40 }),
  step: fc.maxSafeInteger(),
  value: fc.float({ noNaN: true, noDefaultInfinity: true }),
});

describe("event files of any content", () => {
  it("give back what was written, and what was whole of a file cut anywhere", async () => {
    const folder = await folderOf({});
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(scalar, { maxLength: 20 }), fc.nat(), async (scalars, cut) => {
        const parts = scalars.map(({ tag, step, value }) =>
          framed(event(tag, BigInt(step), value)),
        );
        const bytes = Buffer.concat(parts);
        const end = cut % (bytes.length + 1);
        const file = path.join(folder, `${count++}.tfevents`);
        await writeFile(file, bytes.subarray(0, end));
        let whole = 0;
        for (let at = 0; whole < parts.length && at + parts[whole].length <= end; whole++)
          at += parts[whole].length;
        expect(await allScalars(file)).toEqual(scalars.slice(0, whole));
      }),
      { numRuns: 200 },
    );
  });

  it("cost one error at most where they are broken, with right checksums too", async () => {
    const folder = await folderOf({});
    const file = path.join(folder, "broken.tfevents");
    const records: Uint8Array[][] = [];
    const wholes = ["torch/plain", "tensorflow/version-2", "tensorflow/version-1"].map((name) => {
      const [first] = readdirSync(path.join(fixtures, name));
      return readFileSync(path.join(fixtures, name, first));
    });
    for (const whole of wholes) records.push(await dataOf(whole));
    const outcomes = { read: 0, refused: 0 };
    for (let seed = 0; seed < 800; seed++) {
      const which = seed % wholes.length;
      const reframed = seed % 2 === 0;
      await writeFile(
        file,
        reframed ? mutatedInside(records[which], seed) : mutate(wholes[which], seed),
      );
      try {
        const scalars = await allScalars(file);
        expect(scalars.length).toBeLessThan(1000);
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof MetricError)) throw error;
        expect(error.message).toMatch(/^.*broken\.tfevents: .* \(at byte \d+\)$/);
        outcomes.refused++;
      }
    }
    expect(outcomes.read).toBeGreaterThan(80);
    expect(outcomes.refused).toBeGreaterThan(80);
  });

  it("name the place of a wrong checksum", async () => {
    const bytes = Buffer.concat([framed(event("a", 1n, 1)), framed(event("a", 2n, 2))]);
    const second = bytes.length / 2;
    const read = async (at: number) => {
      const broken = Uint8Array.from(bytes);
      broken[at] ^= 1;
      return readTensorBoard(await folderOf({ "x.tfevents": broken }), "a");
    };
    await expect(read(second + 14)).rejects.toThrow(`(at byte ${second})`);
    await expect(read(second + 1)).rejects.toThrow(/the checksum of its length is wrong/);
    await expect(readTensorBoard(await folderOf({ "x.txt": "" }), "a")).rejects.toThrow(
      /no event file/,
    );
  });
});

async function allScalars(file: string) {
  const scalars = [];
  for await (const record of recordsOf(file)) scalars.push(...scalarsOf(record, file));
  return scalars;
}

async function dataOf(whole: Uint8Array): Promise<Uint8Array[]> {
  const folder = await folderOf({ whole });
  const records: Uint8Array[] = [];
  for await (const { data } of recordsOf(path.join(folder, "whole")))
    records.push(Uint8Array.from(data));
  return records;
}

/** One record's data broken, its checksum made to fit. */
function mutatedInside(records: readonly Uint8Array[], seed: number): Uint8Array {
  const broken = seed % records.length;
  return Buffer.concat(records.map((data, i) => framed(i === broken ? mutate(data, seed) : data)));
}
