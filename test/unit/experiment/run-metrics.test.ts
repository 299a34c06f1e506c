import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  currentRunMetrics,
  keptRunMetrics,
  readRunMetrics,
  valuesOf,
} from "../../../src/experiment/run-metrics";
import { folderOf } from "../metrics/temporary";

const loss = { file: "m.jsonl", key: "loss" };
const accuracy = { pattern: "accuracy=(\\S+)" };
const folder = () =>
  folderOf({
    "m.jsonl": '{"step": 1, "loss": 2}\n{"step": 2, "loss": 1, "other": 7}\n',
    "output.log": "accuracy=0.5\naccuracy=0.75\n",
  });

describe("the metrics of a run", () => {
  it("are kept beside it with their series", async () => {
    const run = await folder();
    const read = await readRunMetrics(run, { loss, accuracy });
    expect(valuesOf(read)).toEqual({ loss: 1, accuracy: 0.75 });
    expect(read["loss"].series).toEqual({ axis: "step", at: [1, 2], values: [2, 1] });
    expect(await keptRunMetrics(run)).toEqual(read);
    const text = await readFile(path.join(run, "metric-series.json"), "utf8");
    expect(await currentRunMetrics(run, { loss, accuracy })).toEqual(read);
    expect(await readFile(path.join(run, "metric-series.json"), "utf8")).toBe(text);
  });

  it("are read anew where their source is another; what is gone since stays as it was read", async () => {
    const run = await folder();
    await readRunMetrics(run, { loss, accuracy });
    await rm(path.join(run, "output.log"));
    const other = { file: "m.jsonl", key: "other" };
    expect(valuesOf(await currentRunMetrics(run, { loss: other, accuracy }))).toEqual({
      loss: 7,
      accuracy: 0.75,
    });
    const lost = await currentRunMetrics(run, { loss: { pattern: "loss=(.)" }, accuracy });
    expect(valuesOf(lost)).toEqual({ loss: null, accuracy: 0.75 });
    expect(lost["loss"].problem).toBe("output.log: there is no such file");
    expect(valuesOf(await currentRunMetrics(run, { loss }))).toEqual({ loss: 1 });
  });

  it("are read from the run where what is kept is none", async () => {
    const run = await folder();
    const whole = await readRunMetrics(run, { loss });
    const file = path.join(run, "metric-series.json");
    const kept = JSON.parse(await readFile(file, "utf8")) as { metrics: Record<string, object> };
    const falling = { axis: "step", at: [2, 1], values: [1, 2] };
    const long = { axis: "step", at: [...Array(999).keys()], values: Array(999).fill(1) };
    for (const text of [
      "{",
      JSON.stringify({ ...kept, metrics: { loss: { ...kept.metrics["loss"], series: falling } } }),
      JSON.stringify({ ...kept, metrics: { loss: { ...kept.metrics["loss"], series: long } } }),
      " ".repeat(33 << 20),
    ]) {
      await writeFile(file, text);
      expect(await keptRunMetrics(run)).toEqual({});
      expect(await currentRunMetrics(run, { loss })).toEqual(whole);
    }
  });
});
