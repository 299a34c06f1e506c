import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { rewrite } from "../../../../src/training/compiler/rewrite";
import { traceTrainingStep } from "../../../../src/training/compiler/step";
import { trace } from "../../../../src/training/compiler/trace";
import { modelDefinition } from "../../../../src/training/models";
import { useCpuBackend } from "../../../../src/training/models/cpu-backend";

beforeAll(useCpuBackend);

/** Traces y = body(x) for x [2, 3]. */
function traceOne(body: (x: tf.Tensor) => tf.Tensor) {
  const x = tf.zeros([2, 3]);
  return trace([{ name: "x", tensor: x }], () => [{ name: "y", tensor: body(x) }]);
}

describe("tracing", () => {
  test("records nodes and leaves the backend as it was", () => {
    const { nodes, inputs, outputs } = traceOne((x) => tf.relu(tf.add(x, 1)));
    expect(nodes.map(({ operation }) => operation)).toEqual([
      { op: "binary", fn: "Add" },
      { op: "unary", fn: "Relu" },
    ]);
    expect(nodes[0].inputs[0]).toBe(inputs[0].value);
    expect(nodes[1].output).toBe(outputs[0].value);
    expect(tf.getBackend()).toBe("cpu");
  });

  test("throws where values are read", () => {
    expect(() => traceOne((x) => tf.scalar(tf.max(x).dataSync()[0]))).toThrow(
      "read a tensor's values",
    );
    expect(tf.getBackend()).toBe("cpu");
  });

  test("throws where random numbers would be frozen", () => {
    expect(() => traceOne((x) => tf.mul(x, tf.randomUniform([2, 3])))).toThrow("different numbers");
    const network = sequential({ layers: [layers.dropout({ rate: 0.5, inputShape: [3] })] });
    expect(() => traceOne((x) => network.apply(x, { training: true }) as tf.Tensor)).toThrow(
      "different numbers",
    );
  });

  test("throws where a tensor from outside is used", () => {
    const outside = tf.ones([2, 3]);
    expect(() => traceOne((x) => tf.add(x, outside))).toThrow("declare it as an input");
  });

  test("names a kernel that it has not", () => {
    expect(() => traceOne((x) => tf.cos(x))).toThrow(/Cos.*onnx-trace/);
    expect(() => traceOne((x) => tf.erf(x))).toThrow(/Erf.*onnx-trace/);
  });
});

describe("rewriting", () => {
  const operations = (id: string) =>
    rewrite(traceTrainingStep(modelDefinition(id), 4)).nodes.map(({ operation }) => operation);

  test("fuses biases and ReLU into convolutions and products", () => {
    const nodes = operations("tf-cnn");
    const convolutions = nodes.filter(({ op }) => op === "convolution");
    expect(convolutions).toHaveLength(3);
    expect(
      convolutions.every((node) => node.op === "convolution" && node.activation === "relu"),
    ).toBe(true);
    expect(nodes.filter((node) => node.op === "unary" && node.fn === "Relu")).toHaveLength(1);
  });

  test("computes no gradient of the images", () => {
    expect(operations("tf-cnn").filter(({ op }) => op === "convolutionInputGradient")).toHaveLength(
      2,
    );
    expect(
      operations("tf-mnist").filter(({ op }) => op === "convolutionInputGradient"),
    ).toHaveLength(1);
  });

  test("masks below the unpooling and sums before it", () => {
    const { nodes } = rewrite(traceTrainingStep(modelDefinition("tf-cnn"), 4));
    for (const { operation, output } of nodes) {
      const whole = output.shape[1] === 30 && output.shape.length === 4;
      if (whole) expect(operation.op).toMatch(/^(convolution|maxPoolGradient)/);
    }
  });
});
