import { describe, expect, it } from "vitest";
import { orderSeries } from "../../../src/trajectory/order-series";
import { seriesLabels } from "../../../src/trajectory/series-label";

/** Names in the order found, with their steps; modified times run against the order of the list. */
function ordered(...files: string[]): [string, number | null][] | "time" {
  const series = orderSeries(files.map((file, i) => ({ file, modifiedMs: 1000 - i })));
  return series.order === "time" ? "time" : series.files.map(({ file, step }) => [file, step]);
}

describe("step numbers in names", () => {
  it.each([
    [
      ["model-100.pt", "model-20.pt"],
      [20, 100],
    ],
    [
      ["epoch=3-step=1200.ckpt", "epoch=10-step=400.ckpt"],
      [400, 1200],
    ],
    [
      ["checkpoint-1000", "checkpoint-500"],
      [500, 1000],
    ],
    [
      ["out/checkpoint-1000/model.safetensors", "out/checkpoint-500/model.safetensors"],
      [500, 1000],
    ],
    [
      ["step_0010.npz", "step_0009.npz"],
      [9, 10],
    ],
    [
      ["global_step200", "global_step100"],
      [100, 200],
    ],
    [
      ["1000-steps.bin", "900-steps.bin"],
      [900, 1000],
    ],
    [
      ["iter_16000.pth", "iter_8000.pth"],
      [8000, 16000],
    ],
    [
      ["epoch10-val_loss=0.25.h5", "epoch02-val_loss=0.31.h5"],
      [2, 10],
    ],
    [
      ["weights.10-0.25.weights.h5", "weights.02-0.31.weights.h5"],
      [2, 10],
    ],
    [
      ["resnet50-20.pt", "resnet50-3.pt"],
      [3, 20],
    ],
    [
      ["model.ckpt-200.index", "model.ckpt-100.index"],
      [100, 200],
    ],
    [["t5-2-fp16.pt", "t5-1-fp16.pt"], "time"],
    [["a.pt", "b.pt"], "time"],
    [["best-1.pt", "last-1.pt"], "time"],
    [["step-1.pt", "best.pt"], "time"],
  ])("of %j are %j", (files, expected) => {
    const found = ordered(...files);
    expect(found === "time" ? found : found.map(([, step]) => step)).toEqual(expected);
  });

  it("puts names of the ends at the ends", () => {
    expect(ordered("final.safetensors", "step-10.safetensors", "initial.safetensors")).toEqual([
      ["initial.safetensors", null],
      ["step-10.safetensors", 10],
      ["final.safetensors", null],
    ]);
  });

  it("falls back to time, and then to natural order of names", () => {
    const files = ["b10", "b9", "c"].map((file) => ({ file, modifiedMs: file === "c" ? 0 : 1 }));
    const { order, files: found } = orderSeries(files);
    expect([order, ...found.map(({ file }) => file)]).toEqual(["time", "c", "b9", "b10"]);
  });

  it("keeps what was given where that is asked for", () => {
    const files = ["s2", "s1"].map((file) => ({ file, modifiedMs: 0 }));
    expect(orderSeries(files, "given").files.map(({ step }) => step)).toEqual([2, 1]);
    expect(orderSeries(files, "time").order).toBe("time");
  });
});

it("labels a series by what differs, without extensions and shard marks", () => {
  expect(seriesLabels(["x/a-1.pth.tar", "x/a-2.pth.tar"])).toEqual(["a-1", "a-2"]);
  expect(seriesLabels(["x/m-7-00001-of-00002.bin"])).toEqual(["m-7"]);
  expect(seriesLabels(["/one/m.bin"])).toEqual(["m"]);
  expect(seriesLabels(["/same", "/same"])).toEqual(["", ""]);
});
