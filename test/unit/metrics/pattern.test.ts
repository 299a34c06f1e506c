import path from "node:path";
import { describe, expect, it } from "vitest";
import { metricSourceSchema } from "../../../src/metrics/source";
import { readPattern } from "../../../src/metrics/pattern/read-pattern";
import { folderOf } from "./temporary";

async function read(pattern: string, output: string) {
  const folder = await folderOf({ "out.log": output });
  return readPattern(path.join(folder, "out.log"), pattern);
}

describe("a pattern on standard output", () => {
  it("finds numbers in lines, in those that a progress bar writes over too", async () => {
    const output =
      "val_loss=nan\nepoch 1 val_loss=2.5 val_loss=1e-3\r\u001b[32mval_loss\u001b[0m=-7";
    expect(await read("val_loss=([-+0-9.eE]+|nan)", output)).toEqual([
      { step: null, place: 1, value: 2.5 },
      { step: null, place: 2, value: 0.001 },
      { step: null, place: 3, value: -7 },
    ]);
  });

  it("takes value and step from groups of these names", async () => {
    expect(await read("(?<step>\\d+): (\\w+) (?<value>\\S+)", "3: loss 0.5\n4: loss ?\n")).toEqual([
      { step: 3, value: 0.5 },
    ]);
  });

  it("passes over the end of lines that never end, and reads thousands", async () => {
    expect(await read("a=(\\d)", `${"x".repeat(5_000_000)}a=1\na=2\n`)).toEqual([
      { step: null, place: 1, value: 2 },
    ]);
    const many = Array.from({ length: 3000 }, (_, i) => `a=${i}\n`).join("");
    const points = await read("a=(\\d+)", many);
    expect(points.map(({ value }) => value)).toEqual([...Array(3000).keys()]);
  });

  it("is stopped where it backtracks without end", async () => {
    const begun = performance.now();
    await expect(read("(a+)+$", `${"a".repeat(60)}b\n`)).rejects.toThrow(
      /more than a second for some lines.*lines up to 1/,
    );
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

describe("the sources of metrics in an experiment file", () => {
  it.each([
    { file: "metrics.jsonl", key: "loss" },
    { tensorboard: "logs/train", tag: "loss" },
    { pattern: "loss=(\\d+)" },
  ])("%o is one", (source) => {
    expect(metricSourceSchema.parse(source)).toEqual(source);
  });

  it.each([
    [{ file: "../metrics.jsonl", key: "loss" }, /below the run's directory/],
    [{ file: "/metrics.jsonl", key: "loss" }, /below the run's directory/],
    [{ tensorboard: "C:\\logs", tag: "loss" }, /below the run's directory/],
    [{ pattern: "loss=\\d+" }, /has no group/],
    [{ pattern: "loss=(\\d+" }, /Unterminated group/],
    [{ file: "a.json" }, /Invalid/],
  ])("%o is none", (source, problem) => {
    expect(metricSourceSchema.safeParse(source).error?.message).toMatch(problem);
  });
});
