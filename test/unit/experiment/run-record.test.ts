import { expect, test } from "vitest";
import { trainingSettings } from "../../../src/experiment/plan";
import { runRecordSchema } from "../../../src/experiment/run-record";

test("a run from before models had options is what the same experiment asks for today", () => {
  const record = {
    format: "weight-odometer run 1",
    key: "0123456789abcdef0123456789abcdef",
    settings: {
      model: "tf-mnist",
      dataset: "mnist-3-6",
      trainingImages: null,
      epochs: 10,
      batchSize: 128,
      learningRate: 0.01,
    },
    seeds: { initialWeights: 0, order: 0, dropout: 0 },
    dataSha256: "00",
    engine: {
      name: "onnxruntime",
      version: "1.30.0",
      lowering: "nchwc8",
      kernelLevel: "avx2",
      threads: 1,
    },
    parameters: 1_198_721,
    steps: 950,
    epochLosses: [0.5],
    testAccuracy: 0.99,
    pathLength: 2,
    sumSquaredSteps: 1,
    tensors: [],
  };
  const { settings } = runRecordSchema.parse(record);
  expect(settings).toEqual(trainingSettings({ model: "tf-mnist" }));
});
