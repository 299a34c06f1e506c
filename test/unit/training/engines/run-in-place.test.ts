import { beforeAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../../src/training/compiler/onnx/graph-builder";
import {
  type InferenceSession,
  loadRuntime,
  openSession,
  type Tensor,
} from "../../../../src/training/engines/onnx-runtime";
import { noTensor, runInPlace } from "../../../../src/training/engines/run-in-place";

describe("a run in place", () => {
  let session: InferenceSession;
  let tensor: (...values: number[]) => Tensor;

  beforeAll(async () => {
    const { Tensor } = await loadRuntime();
    tensor = (...values) => new Tensor("float32", Float32Array.from(values), [values.length]);
    const graph = new GraphBuilder();
    graph.emptySequence(noTensor);
    graph.input("x", "float32", [2]);
    graph.input("y", "float32", [2]);
    graph.op("Add", ["x", "y"], { output: "sum" });
    graph.op("Mul", ["x", "y"], { output: "product" });
    graph.output("sum", "float32", [2]);
    graph.output("product", "float32", [2]);
    session = await openSession(graph.model(), 1);
  });

  it("leaves its results in the memory that it was given", async () => {
    const results = { sum: tensor(0, 0), product: tensor(0, 0) };
    const feeds = { x: tensor(2, 3), y: tensor(5, 7) };
    await runInPlace(session, feeds, results);
    expect([...(results.sum.data as Float32Array)]).toEqual([7, 10]);
    expect([...(results.product.data as Float32Array)]).toEqual([10, 21]);
  });

  it("copies nothing: onnxruntime-node refuses the output before all others", async () => {
    const run = session.run({ x: tensor(2, 3), y: tensor(5, 7) });
    await expect(run).rejects.toThrow("Non tensor type is temporarily not supported");
  });

  it("fails as the run fails", async () => {
    const feeds = { x: tensor(1, 2, 3), y: tensor(5, 7) };
    await expect(runInPlace(session, feeds, { sum: tensor(0, 0) })).rejects.toThrow(
      /Got: 3 Expected: 2/,
    );
  });
});
