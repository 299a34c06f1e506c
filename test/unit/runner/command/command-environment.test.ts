import { expect, it, vi } from "vitest";
import { commandSettings } from "../../../../src/experiment/command/command-settings";
import { filledCommand } from "../../../../src/runner/command/command-environment";

const request = {
  seeds: { initialWeights: 3, order: 4, dropout: 4 },
  directory: "/runs/one",
  attempt: 2,
};

it("gives a command its values as arguments and by the environment", () => {
  vi.stubEnv("VSCODE_PID", "1");
  const settings = commandSettings({
    command: ["python3", "--out=${runDirectory}/x", "${seed} ${initialWeights}", "$${seed}"],
    parameters: { learningRate: 0.5 },
    environment: { OMP_NUM_THREADS: "${attempt}" },
    labelCorruption: { kind: "uniform", rate: 0.25 },
  });
  const { program, environment, ...rest } = filledCommand(settings, request, {
    threads: 8,
    gpu: "1",
  });
  expect([program, ...rest.arguments]).toEqual(["python3", "--out=/runs/one/x", "4 3", "${seed}"]);
  expect(environment).toMatchObject({
    WEIGHT_ODOMETER_SEED: "4",
    WEIGHT_ODOMETER_INITIAL_WEIGHTS: "3",
    WEIGHT_ODOMETER_RUN_DIRECTORY: "/runs/one",
    WEIGHT_ODOMETER_LABEL_FRACTION: "1",
    WEIGHT_ODOMETER_LABEL_CORRUPTION: "0.25",
    WEIGHT_ODOMETER_LABEL_CORRUPTION_KIND: "uniform",
    WEIGHT_ODOMETER_LABEL_SEED: "0",
    WEIGHT_ODOMETER_ATTEMPT: "2",
    WEIGHT_ODOMETER_LEARNING_RATE: "0.5",
    MKL_NUM_THREADS: "8",
    OMP_NUM_THREADS: "2",
    CUDA_VISIBLE_DEVICES: "1",
  });
  expect(environment["VSCODE_PID"]).toBeUndefined();
  vi.unstubAllEnvs();
});
