import path from "node:path";
import { describe, expect, it } from "vitest";
import { readMetric, readPoints } from "../../../src/metrics/read-metrics";
import { folderOf } from "./temporary";

async function read(file: string, text: string, key: string) {
  const directory = await folderOf({ [file]: text });
  return readPoints({ file, key }, { directory, outputFile: "" });
}
const values = async (file: string, text: string, key: string) =>
  (await read(file, text, key)).map(({ value }) => value);

describe("JSON Lines", () => {
  it("gives each finite number with its step, and passes over lines without it", async () => {
    const text = [
      '\ufeff{"step": 1, "loss": 2.5}',
      '{"step": 2, "test": {"accuracy": 0.5}}',
      "",
      '{"epoch": 3, "loss": NaN, "text": "NaN \\" Infinity"}\r',
      '{"loss": -Infinity}',
      '{"loss": "1"}',
      '{"loss": 0.25}',
    ].join("\n");
    expect(await read("m.jsonl", `${text}\n`, "loss")).toEqual([
      { step: 1, value: 2.5 },
      { step: null, place: 2, value: 0.25 },
    ]);
    expect(await read("m.jsonl", text, "test.accuracy")).toEqual([{ step: 2, value: 0.5 }]);
    expect(await values("m.jsonl", '{"a.b": 1}\n{"a": {"b": 2}}', "a.b")).toEqual([1, 2]);
  });

  it("leaves out a last line that is not whole yet, but says which other is none", async () => {
    expect(await values("m.jsonl", '{"loss": 1}\n{"lo', "loss")).toEqual([1]);
    await expect(read("m.jsonl", '{"loss": 1}\nloss: 2\n', "loss")).rejects.toThrow(
      /m\.jsonl: this line is no JSON \(at line 2\)$/,
    );
    await expect(
      readPoints({ file: "none.jsonl", key: "a" }, { directory: "nowhere", outputFile: "" }),
    ).rejects.toThrow(/none\.jsonl: there is no such file$/);
  });

  it("thins series of very many values, and keeps the last", async () => {
    const count = 100_003;
    const lines = Array.from({ length: count }, (_, i) => `{"step":${i},"a":${i / 2}}\n`);
    const points = await read("m.jsonl", lines.join(""), "a");
    expect(points.length).toBeLessThan(9000);
    expect(points.length).toBeGreaterThan(4000);
    expect(points[0]).toEqual({ step: 0, value: 0 });
    expect(points.at(-1)).toEqual({ step: count - 1, value: (count - 1) / 2 });
    for (const { step, value } of points) expect(value).toBe(step! / 2);
  });
});

describe("JSON", () => {
  it("gives one number, an array of them, or those of an array of objects", async () => {
    expect(await values("m.json", '{"a": 0.5}', "a")).toEqual([0.5]);
    expect(await read("m.json", '{"history": {"a": [1, null, NaN, 4]}}', "history.a")).toEqual([
      { step: 0, value: 1 },
      { step: 3, value: 4 },
    ]);
    expect(await read("m.json", '[{"epoch": 1, "a": 2}, {"epoch": 2, "a": 3}]', "a")).toEqual([
      { step: 1, value: 2 },
      { step: 2, value: 3 },
    ]);
    expect(await values("m.json", "null", "a")).toEqual([]);
    await expect(read("m.json", '{"a": ', "a")).rejects.toThrow(/no JSON/);
  });
});

describe("CSV", () => {
  it("reads the column with its step, whatever separates, and passes over empty fields", async () => {
    expect(await read("m.csv", "epoch,loss,acc\n0,2.5,\n1,,0.5\r\n2,0.1,nan\n", "loss")).toEqual([
      { step: 0, value: 2.5 },
      { step: 2, value: 0.1 },
    ]);
    expect(await values("m.csv", '"a;b";"say ""hi"""\n"1;2";"3"\n', 'say "hi"')).toEqual([3]);
    expect(await values("m.tsv", "a\tb\n1\t2\n", "b")).toEqual([2]);
  });

  it("leaves out a last line that is being written, and says what is wrong with others", async () => {
    expect(await values("m.csv", "a,b\n1,2\n1,3", "b")).toEqual([2]);
    expect(await values("m.csv", "a,b\n1,2\n1,3", "a")).toEqual([1, 1]);
    expect(await values("m.csv", "a,b\n1,2\n1", "a")).toEqual([1]);
    await expect(read("m.csv", "a,b\n1\n2,3\n", "a")).rejects.toThrow(
      /1 fields under 2 columns \(at line 2\)/,
    );
    await expect(read("m.csv", "a,b\n1,2\n", "c")).rejects.toThrow(
      /no column is called c; there are a, b$/,
    );
  });
});

it("says why a metric has no value, by files' names in the run's directory", async () => {
  const directory = await folderOf({ "m.jsonl": '{"a": 1}\n{"a": 3}\n', "out.log": "b=2\n" });
  const place = { directory, outputFile: path.join(directory, "out.log") };
  expect(await readMetric({ file: "m.jsonl", key: "a" }, place)).toEqual({
    value: 3,
    series: { axis: "value", at: [1, 2], values: [1, 3] },
    problem: null,
  });
  expect((await readMetric({ pattern: "b=(.)" }, place)).value).toBe(2);
  expect((await readMetric({ file: "m.jsonl", key: "b" }, place)).problem).toBe(
    "no finite number was found",
  );
  expect((await readMetric({ tensorboard: "logs", tag: "b" }, place)).problem).toBe(
    "logs: there is no such file or folder",
  );
});
